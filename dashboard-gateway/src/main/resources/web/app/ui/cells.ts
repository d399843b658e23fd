import { css, html, nothing, svg } from 'lit';
import { withUnit } from '../format';
import type { HostState, Severity } from '../live/frames';
import { severityIcon, stateIcon } from './icons';

/** From here on a share is worth a look, and worth worrying about. */
const HIGH = 80;
const CRITICAL = 90;

/** What stands in cells of tables and beside headings; styles to go with it below. */
export function shareBar(percent: number | null | undefined) {
  if (percent == null) return html`<div class="share"><span></span><span class="faint">–</span></div>`;
  const level = percent >= CRITICAL ? 'critical' : percent >= HIGH ? 'high' : '';
  return html`<div class="share">
    <svg viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="5" rx="1"></rect>
      ${svg`<rect class="fill ${level}" width=${Math.max(0.5, Math.min(100, percent))} height="5" rx="1"></rect>`}
    </svg>
    <span>${level ? html`<b class=${level}>${withUnit(percent, 'percent')}</b>` : withUnit(percent, 'percent')}</span></div>`;
}

export function stateWord(state: HostState) {
  return html`<span class="state ${state}" title=${state}>${stateIcon(state)}<span>${state}</span></span>`;
}

export function severityWord(severity: Severity, word: string = severity) {
  return html`<span class="severity-cell">${severityIcon(severity)}<span class="word ${severity}">${word}</span></span>`;
}

/** A word on a quiet ground; `tone` one of ok, info, warning, high, critical, idle. */
export function chip(word: unknown, tone = 'idle', title = '') {
  return html`<span class="chip ${tone}" title=${title || nothing}>${word}</span>`;
}

export const simulatedTag = html`<span class="tag" title="Comes from the simulator">sim</span>`;

export const cells = css`
  .share { display: grid; grid-template-columns: minmax(40px, 110px) 50px; gap: 10px; align-items: center; }
  .share span { text-align: right; }
  .share svg { display: block; width: 100%; height: 5px; }
  .track { fill: var(--line); } .fill { fill: var(--series-1); }
  .fill.high { fill: var(--warning-fill); } .fill.critical { fill: var(--critical-fill); }
  b.critical { color: var(--critical); font-weight: 650; } b.high { color: var(--warning); font-weight: 650; }

  .state { display: inline-flex; align-items: center; gap: 7px; text-transform: capitalize; }
  .state svg { flex: none; }
  .up svg { color: var(--ok); }
  .degraded { color: var(--warning); font-weight: 600; } .degraded svg { color: var(--warning-fill); }
  .silent, .left { color: var(--text-faint); }

  .severity { flex: none; stroke-width: 0; }
  .severity .mark { fill: none; stroke: var(--surface); stroke-width: 1.7; stroke-linecap: round; }
  .severity.critical { fill: var(--critical-fill); } .severity.high { fill: var(--high-fill); }
  .severity.warning { fill: var(--warning-fill); } .severity.info { fill: var(--info); }
  .severity-cell { display: inline-flex; align-items: center; gap: 7px; line-height: 18px; vertical-align: middle; }
  td:has(details) { white-space: normal; }
  details > summary { width: fit-content; padding: 2px 0; font-size: 12px; cursor: pointer; }
  .chips, .limits { display: inline-flex; flex-wrap: wrap; gap: 4px; }
  .word { padding: 1px 7px; border-radius: 999px; font-size: 11px; font-weight: 600; text-transform: capitalize; white-space: nowrap; }
  .word.critical { background: var(--critical-soft); color: var(--critical); } .word.high { background: var(--high-soft); color: var(--high); }
  .word.warning { background: var(--warning-soft); color: var(--warning); } .word.info { background: var(--info-soft); color: var(--info); }

  .chip { display: inline-flex; align-items: center; gap: 5px; padding: 1px 8px; border-radius: 999px; font-size: 11.5px; font-weight: 550; white-space: nowrap; background: var(--idle-soft); color: var(--text-soft); }
  .chip.ok { background: var(--ok-soft); color: var(--ok); } .chip.info { background: var(--info-soft); color: var(--info); }
  .chip.warning { background: var(--warning-soft); color: var(--warning); } .chip.high { background: var(--high-soft); color: var(--high); }
  .chip.critical { background: var(--critical-soft); color: var(--critical); }
  .tag { margin-left: 6px; padding: 1px 6px; border-radius: 999px; background: var(--raised); color: var(--text-soft); font-size: 11px; font-weight: 500; }
  .mono { font-family: var(--mono); font-size: 12px; }
  .wrap { white-space: normal; overflow-wrap: anywhere; }
  .clip { display: block; max-width: 46ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .two { display: block; font-size: 12px; color: var(--text-soft); }
  a.plain { color: inherit; text-decoration: none; font-weight: 550; }
  a.plain:hover { color: var(--accent); text-decoration: underline; }
  .row-actions { display: inline-flex; gap: 6px; justify-content: flex-end; }
  .row-actions .button { height: 26px; font-size: 12px; padding: 0 9px; }
  @media (pointer: coarse) { .row-actions .button { height: 36px; } }
  @media (max-width: 640px) { .share { grid-template-columns: 48px 46px; gap: 6px; } }
`;
