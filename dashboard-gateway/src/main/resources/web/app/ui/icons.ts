import { html, svg, type TemplateResult } from 'lit';
import type { HostState, Severity } from '../live/frames';

function icon(content: TemplateResult): TemplateResult {
  return html`<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${content}</svg>`;
}

export const icons = {
  sun: icon(svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1"/>`),
  moon: icon(svg`<path d="M13.6 9.6A6 6 0 0 1 6.4 2.4a6 6 0 1 0 7.2 7.2Z"/>`),
  signOut: icon(svg`<path d="M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.5 11l3-3-3-3M13 8H6.5"/>`),
  check: icon(svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`),
  search: icon(svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`),
  close: icon(svg`<path d="m4 4 8 8M12 4l-8 8"/>`),
  left: icon(svg`<path d="M10 3.5 5.5 8l4.5 4.5"/>`),
  right: icon(svg`<path d="M6 3.5 10.5 8 6 12.5"/>`),
  plus: icon(svg`<path d="M8 3v10M3 8h10"/>`),
  pause: icon(svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`),
  play: icon(svg`<path d="M5 3.2v9.6L12.5 8Z"/>`),
  zoomOut: icon(svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3M5 7h4"/>`),
  bell: icon(svg`<path d="M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.4H2.8ZM6.6 13.8h2.8"/>`),
  bellOff: icon(svg`<path d="M4 11V7.2a4 4 0 0 1 6.6-3M12 7.5V11l1.2 1.4H4.5M6.6 13.8h2.8M2.5 2.5l11 11"/>`),
  help: icon(svg`<circle cx="8" cy="8" r="6.3"/><path d="M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2M8 11.4v.1"/>`),
  menu: icon(svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>`),
  copy: icon(svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`),
};

export const logo = html`<svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
  <g fill="none" stroke="var(--accent)" stroke-width="2.4"><path d="M8 10 24 7M8 10l7 16M24 7l-9 19"/></g>
  <circle cx="8" cy="10" r="4.4" fill="var(--accent)"/><circle cx="24" cy="7" r="3.8" fill="var(--ok)"/>
  <circle cx="15" cy="26" r="3.8" fill="var(--warning)"/></svg>`;

/** Each severity has a shape of its own: the worse, the more corners call out. */
const SEVERITY_SHAPES: Record<Severity, TemplateResult> = {
  info: svg`<circle cx="8" cy="8" r="6.4"/><path class="mark" d="M8 7.4v3.6M8 4.9v.2"/>`,
  warning: svg`<path d="M8 1.6 15 14H1Z"/><path class="mark" d="M8 6.4v3.2M8 11.9v.1"/>`,
  high: svg`<path d="M8 .8 15.2 8 8 15.2.8 8Z"/><path class="mark" d="M8 5v3.6M8 11v.1"/>`,
  critical: svg`<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2Z"/><path class="mark" d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"/>`,
};

export function severityIcon(severity: Severity): TemplateResult {
  return html`<svg class="severity ${severity}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    ${SEVERITY_SHAPES[severity]}</svg>`;
}

/** A full disc, a triangle, an empty ring: told apart without colour. */
const STATE_SHAPES: Record<HostState, TemplateResult> = {
  up: svg`<circle cx="6" cy="6" r="4" fill="currentColor"/>`,
  degraded: svg`<path d="M6 1.4 11 10.4H1Z" fill="currentColor"/>`,
  silent: svg`<circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" stroke-width="1.8"/>`,
  left: svg`<path d="M2 6h8" stroke="currentColor" stroke-width="1.8"/>`,
};

export function stateIcon(state: HostState): TemplateResult {
  return html`<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${STATE_SHAPES[state]}</svg>`;
}
