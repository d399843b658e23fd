import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { count } from '../format';
import { place } from '../place/place';
import { cells } from './cells';
import { saveCsv } from './csv';
import { icons } from './icons';
import { shared } from './styles';

export interface Column<T> {
  /** Also the word that the server sorts by, where `sort` is set. */
  key: string;
  title: string;
  cell: (row: T) => unknown;
  /** What stands in a CSV; without it the column is left out there. */
  text?: (row: T) => string | number | null | undefined;
  sort?: boolean;
  right?: boolean;
  /** The width of screen below which the column is not shown. */
  from?: 'phone' | 'tablet';
  /** On a phone, where the row is a card, the line that heads it. */
  lead?: boolean;
  /** For columns of numbers: the first click shows the greatest. */
  downFirst?: boolean;
}

/**
 * A table of whatever a list of the server holds: one page of it, sorted by the server or by whoever uses it. Fires `sort` (a
 * word, with a minus the other way round), `page` and `open` (a row).
 */
@customElement('ps-table')
export class DataTable<T = unknown> extends LitElement {
  static styles = [
    shared,
    cells,
    css`
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th { padding: 8px 14px; text-align: left; border-bottom: 1px solid var(--line); color: var(--text-faint); font-size: 12px; font-weight: 500; white-space: nowrap; }
      th:has(button) { padding: 0; }
      th button { display: inline-flex; gap: 4px; width: 100%; padding: 8px 14px; border: 0; background: none; color: inherit; font-weight: 500; cursor: pointer; white-space: nowrap; }
      th button:hover, th[aria-sort] button { color: var(--text); }
      .right { text-align: right; }
      th.right button { justify-content: flex-end; }
      td { height: 38px; padding: 5px 14px; border-bottom: 1px solid var(--line); white-space: nowrap; }
      /* A name as long as names may be leaves room for what is told of it. */
      td > a.plain:not(.wrap), td > b:not(.wrap) { display: inline-block; max-width: min(44ch, 60vw); overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
      td > .two:not(.wrap) { max-width: 60ch; overflow: hidden; text-overflow: ellipsis; }
      tr:last-child td { border-bottom: 0; }
      tbody tr:hover { background: var(--hover); }
      tbody tr.openable { cursor: pointer; }
      tbody tr:focus-visible { outline-offset: -2px; }
      .loading tbody { opacity: 0.55; }
      .foot { display: flex; align-items: center; gap: 8px; min-height: 42px; padding: 7px 14px; border-top: 1px solid var(--line); font-size: 12px; }
      .foot .button { height: 26px; font-size: 12px; }
      .bones td { height: 38px; } .bones i { display: block; height: 9px; border-radius: 5px; background: var(--raised); animation: breathe 1.4s ease-in-out infinite; }
      @keyframes breathe { 50% { opacity: 0.45; } }
      @media (prefers-reduced-motion: reduce) { .bones i { animation: none; } }
      .error { padding: 22px; text-align: center; color: var(--critical); }
      @media (max-width: 1000px) { .from-tablet { display: none; } }
      @media (max-width: 640px) {
        .from-phone, .csv { display: none; }
        td, th, th button { padding-inline: 10px; }
        td > a.plain:not(.wrap), td > b:not(.wrap) { max-width: 42vw; }
        th.c-status button { width: 30px; overflow: hidden; padding-right: 0; color: transparent; }
        td.c-status { width: 30px; padding-right: 0; } td.c-status .state span, td.c-host .tag { display: none; }
        /* Rows of sentences become cards: the first line whole, the rest side by side. */
        .cards thead { display: none; }
        .cards table, .cards tbody { display: block; }
        .cards tr { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 10px 12px; border-bottom: 1px solid var(--line); }
        .cards td { height: auto; padding: 0; border: 0; text-align: left; max-width: 100%; white-space: normal; }
        .cards td > a.plain, .cards td > b { max-width: 100%; white-space: normal; overflow-wrap: anywhere; }
        .cards td.c-status { width: auto; }
        .cards td.lead { flex-basis: 100%; order: -1; }
        .cards tr:last-child { border-bottom: 0; }
        .cards td.right:last-child { margin-left: auto; }
        .cards td.c-actions:empty { display: none; }
        .cards .row-actions { flex-wrap: wrap; }
      }
    `,
  ];

  @property({ attribute: false }) columns: Column<T>[] = [];
  @property({ attribute: false }) rows?: readonly T[];
  @property({ attribute: false }) rowKey: (row: T) => string = (row) => JSON.stringify(row);
  @property({ attribute: false }) openable = false;
  @property() label = '';
  @property() sort = '';
  @property({ type: Number }) total = 0;
  @property({ type: Number }) page = 1;
  @property({ type: Number }) pageSize = 50;
  @property({ type: Boolean }) loading = false;
  @property() error = '';
  /** The name of the CSV. */
  @property() file = '';

  render() {
    if (this.error && !this.rows) return html`<p class="error" role="alert">${this.error}</p>`;
    if (this.rows && !this.rows.length && !this.total) return html`<slot name="empty"></slot>`;
    return html`<div class="scroll ${this.loading ? 'loading' : ''} ${this.columns.some(({ lead }) => lead) ? 'cards' : ''}"><table aria-label=${this.label} aria-busy=${this.loading}>
        <thead><tr>${this.columns.map((column) => this.heading(column))}</tr></thead>
        <tbody>${this.rows ? repeat(this.rows, this.rowKey, (row) => this.row(row)) : this.bones()}</tbody>
      </table></div>${this.foot()}`;
  }

  private heading(column: Column<T>) {
    const up = this.sort === column.key;
    const down = this.sort === `-${column.key}`;
    return html`<th scope="col" class="${classes(column)} c-${column.key}" aria-sort=${up ? 'ascending' : down ? 'descending' : nothing}>
      ${column.sort
        ? html`<button @click=${() => this.sortBy(column)}>${column.title}<span aria-hidden="true">${up ? '↑' : down ? '↓' : ''}</span></button>`
        : column.title || html`<span class="visually-hidden">Actions</span>`}</th>`;
  }

  private row(row: T) {
    return html`<tr class=${this.openable ? 'openable' : ''} @click=${(event: MouseEvent) => this.clicked(event, row)}>
      ${this.columns.map((column) => html`<td class="${classes(column)} c-${column.key}">${column.cell(row)}</td>`)}</tr>`;
  }

  private bones() {
    return Array.from({ length: 6 }, () => html`<tr class="bones">${this.columns.map((column) => html`<td class=${classes(column)}><i></i></td>`)}</tr>`);
  }

  private foot() {
    const pages = Math.max(1, Math.ceil(this.total / this.pageSize));
    if (!this.rows || (pages === 1 && !this.file)) return nothing;
    const first = (this.page - 1) * this.pageSize;
    return html`<div class="foot">
      <span class="soft">${pages > 1 ? `${count(first + 1)}–${count(first + this.rows.length)} of ${count(this.total)}` : count(this.rows.length)}</span>
      ${this.file ? html`<button class="button csv" @click=${this.save} title="What is shown, as CSV">CSV</button>` : nothing}
      <span class="push"></span>
      ${pages > 1
        ? html`<button class="button" ?disabled=${this.page <= 1} @click=${() => this.turn(this.page - 1)} aria-label="Page before">${icons.left}</button>
            <span class="soft num">${this.page} / ${pages}</span>
            <button class="button" ?disabled=${this.page >= pages} @click=${() => this.turn(this.page + 1)} aria-label="Next page">${icons.right}</button>`
        : nothing}
    </div>`;
  }

  private sortBy({ key, downFirst }: Column<T>) {
    const first = downFirst ? `-${key}` : key;
    const other = downFirst ? key : `-${key}`;
    this.dispatchEvent(new CustomEvent('sort', { detail: this.sort === first ? other : first }));
  }

  private turn(page: number) {
    this.dispatchEvent(new CustomEvent('page', { detail: page }));
  }

  private clicked(event: MouseEvent, row: T) {
    const control = event.composedPath().some((target) => target instanceof HTMLElement && /^(A|BUTTON|INPUT|SELECT)$/.test(target.tagName));
    if (this.openable && !control && !getSelection()?.toString()) this.dispatchEvent(new CustomEvent('open', { detail: row }));
  }

  private save() {
    const told = this.columns.filter(({ text }) => text);
    saveCsv(this.file, told.map(({ title, key }) => title || key), (this.rows ?? []).map((row) => told.map(({ text }) => text!(row))));
  }
}

function classes({ right, from, lead }: Pick<Column<unknown>, 'right' | 'from' | 'lead'>): string {
  return `${right ? 'right' : ''} ${from ? `from-${from}` : ''} ${lead ? 'lead' : ''}`;
}

/** Sort and page of a table, as the address holds them. */
export const tablePlace = {
  sort: (usual: string) => place.param('sort') || usual,
  page: () => Math.max(1, Number(place.param('page')) || 1),
  sorted: (event: CustomEvent<string>) => place.set({ sort: event.detail, page: null }, true),
  turned: (event: CustomEvent<number>) => place.set({ page: event.detail > 1 ? String(event.detail) : null }, true),
};
