import { css, html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { place } from '../place/place';
import { keepInSight, showOpen } from './tab-row';

/** What heads every page but the overview. */
export function pageHead(title: unknown, more: { about?: unknown; tools?: unknown; back?: { href: string; title: string } } = {}) {
  return html`<div class="page-head">
    <div class="page-title">
      ${more.back ? html`<a class="back" href=${more.back.href}>‹ ${more.back.title}</a>` : nothing}
      <h1>${title}</h1>${more.about ? html`<div class="about">${more.about}</div>` : nothing}
    </div>
    ${more.tools ? html`<div class="tools">${more.tools}</div>` : nothing}
  </div>`;
}

export interface Tab {
  view: string;
  title: string;
  count?: unknown;
}

/** Parts of a page; the address says which, in `view`. */
export function tabs(list: Tab[], current: string): TemplateResult {
  return html`<nav class="tabs" aria-label="Parts of this page" ${ref(keepInSight)}>
    ${list.map(({ view, title, count }, index) => html`<a href=${index ? `${place.path}?view=${view}` : place.path}
      aria-current=${view === current ? 'page' : nothing} ${ref(view === current ? reveal : keepInSight)}>${title}${count ? html` <span class="count">${count}</span>` : nothing}</a>`)}
  </nav>`;
}

/** Another tab was opened. */
function reveal(tab?: Element) {
  if (!tab) return;
  keepInSight(tab);
  requestAnimationFrame(() => showOpen(tab.parentElement));
}

export const pageStyles = css`
  .page-head { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 10px 16px; margin: 4px 0 14px; }
  .page-title { min-width: 0; }
  h1 { font-size: 20px; font-weight: 650; letter-spacing: -0.02em; line-height: 1.25; overflow-wrap: anywhere; }
  .about { margin-top: 2px; color: var(--text-soft); }
  .back { display: inline-block; margin-bottom: 2px; font-size: 12px; color: var(--text-soft); text-decoration: none; }
  .back:hover { color: var(--accent); }
  .page-head .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-left: auto; }
  .tabs { display: flex; gap: 2px; margin: 0 0 14px; border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
  .tabs a { padding: 7px 12px 9px; color: var(--text-soft); text-decoration: none; font-weight: 500; border-bottom: 2px solid transparent; margin-bottom: -1px; white-space: nowrap; }
  .tabs a:hover { color: var(--text); }
  .tabs a[aria-current] { color: var(--text); border-color: var(--accent); }
  .filters { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
  .stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; align-items: start; }
  .panel { min-width: 0; }
  .panel > header { flex-wrap: wrap; }
  .panel .pad { padding: 14px; }
  .search { position: relative; }
  .search svg { position: absolute; left: 9px; top: 50%; translate: 0 -50%; color: var(--text-faint); pointer-events: none; }
  .search .input { width: 240px; padding-left: 29px; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; }
  .tile { padding: 12px 14px; }
  .tile dt { color: var(--text-soft); font-weight: 500; }
  .tile dd { font-size: 22px; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; line-height: 1.3; }
  .tile dd small { font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--text-faint); }
  .tile dd.note { font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--text-faint); }
  .facts-list { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 18px; }
  .facts-list dt { color: var(--text-faint); } .facts-list dd { overflow-wrap: anywhere; }
  .banner { padding: 8px 14px; margin-bottom: 12px; border-radius: var(--radius-small); background: var(--critical-soft); color: var(--critical); }
  @media (max-width: 640px) { .filters { width: 100%; } .filters .input { flex: 1 1 42%; min-width: 0; } .page-head .tools { margin-left: 0; } .search, .search .input { width: 100%; } .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; } .tile dd:not(.note) { font-size: 19px; } }
`;
