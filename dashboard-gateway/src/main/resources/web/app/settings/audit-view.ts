import { LitElement, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { moment } from '../format';
import { Placed, place } from '../place/place';
import { cells } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

type Json = Record<string, unknown> | null;

interface Entry {
  id: number;
  at: string;
  who: string;
  role: string;
  action: string;
  object: string;
  before: Json;
  after: Json;
}

const PAGE = 50;
const REFRESH_MS = 15_000;
/** Fields of a change that are shown at once. */
const MOST = 6;
/** The columns before say these. */
const TOLD_BESIDE = ['id', 'created_at', 'changed_at'];

const COLUMNS: Column<Entry>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => moment(at, true), text: ({ at }) => at },
  { key: 'who', title: 'Who', cell: ({ who, role }) => html`<b>${who}</b><span class="two">${role}</span>`, text: ({ who }) => who },
  { key: 'action', title: 'What', lead: true, cell: ({ action, object }) => html`<b>${action.replace('.', ' ')}</b> <span class="wrap">${object}</span>`, text: ({ action, object }) => `${action} ${object}` },
  { key: 'change', title: 'Change', from: 'phone', cell: ({ before, after }) => html`<span class="mono wrap">${difference(before, after)}</span>`, text: ({ before, after }) => JSON.stringify({ before, after }) },
];

/** Who did what to what, and what it was before. */
@customElement('ps-audit')
export class AuditView extends LitElement {
  static styles = [shared, pageStyles, cells];

  private readonly entries = new Loaded<{ audit: Entry[]; total: number }>(
    this,
    () => [timeRange.key, place.param('who'), place.param('object'), tablePlace.page()].join('|'),
    (signal) => {
      const { from, to } = timeRange.now();
      return api.get('/api/v1/audit', { from: Math.round(from), to: timeRange.live ? null : Math.round(to), who: place.param('who'), object: place.param('object'), page: tablePlace.page(), page_size: PAGE }, signal);
    },
    () => (timeRange.live ? REFRESH_MS : 0),
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.entries;
    const input = (name: string, title: string) => html`<input class="input" type="search" placeholder=${title} aria-label=${title} .value=${place.param(name)} @change=${(event: Event) => place.set({ [name]: (event.target as HTMLInputElement).value.trim(), page: null })}>`;
    return html`<section class="panel" aria-label="Audit"><header><h2>Audit</h2><span class="push"></span>${input('who', 'Who')}${input('object', 'Object')}</header>
      <ps-table label="Audit" file="audit" .columns=${COLUMNS} .rows=${value?.audit} .rowKey=${({ id }: Entry) => String(id)} .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE}
        .loading=${loading && !value} .error=${error?.message ?? ''} @page=${tablePlace.turned}>
        <ps-empty slot="empty" heading="Nobody changed anything in this time" text="Every write is kept here with who, when, what was before and what is after. Choose a longer time above."></ps-empty></ps-table></section>`;
  }
}

/** Only what differs; of what is new, all of it. */
function difference(before: Json, after: Json): unknown {
  if (!before && !after) return nothing;
  const one = after ?? before;
  if (!before || !after) return told(Object.entries(one!).filter(([name, value]) => !TOLD_BESIDE.includes(name) && !isNothing(value)).map(([name, value]) => `${name}: ${short(value)}`), ' · ');
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return told(names.map((name) => `${name}: ${short(before[name])} → ${short(after[name])}`), html`<br>`);
}

function told(fields: string[], between: unknown) {
  const [first, rest] = [fields.slice(0, MOST), fields.slice(MOST)];
  const listed = (some: string[]) => some.map((field, at) => html`${at ? between : nothing}${field}`);
  return html`${listed(first)}${rest.length ? html`<details><summary>${rest.length} more</summary>${listed(rest)}</details>` : nothing}`;
}

function isNothing(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && !Object.keys(value as object).length);
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}
