import { LitElement, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { moment } from '../format';
import { SEVERITIES, type Alert } from '../live/frames';
import { Placed, place } from '../place/place';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { duration, severityColumn, stateChips, summaryColumn, valueColumn } from './alert-columns';

const PAGE = 50;
const REFRESH_MS = 15_000;

const COLUMNS: Column<Alert>[] = [
  severityColumn,
  summaryColumn,
  valueColumn,
  { key: 'started_at', title: 'Began', cell: ({ started_at }) => moment(started_at), text: ({ started_at }) => started_at },
  { key: 'lasted', title: 'Lasted', right: true, from: 'phone', cell: duration, text: ({ resolved_at }) => resolved_at ?? '' },
  { key: 'state', title: 'State', from: 'phone', cell: stateChips, text: ({ status }) => status },
];

/** Alerts that people were told of, silenced ones included. */
@customElement('ps-alert-history')
export class AlertHistory extends LitElement {
  static styles = [shared, pageStyles];

  private readonly alerts = new Loaded<{ alerts: Alert[]; total: number }>(
    this,
    () => [timeRange.key, place.param('severity'), place.param('status'), place.param('host'), place.param('rule'), place.param('q'), tablePlace.page()].join('|'),
    (signal) => {
      const { from, to } = timeRange.now();
      return api.get('/api/v1/alerts', {
        from: Math.round(from), to: timeRange.live ? null : Math.round(to), severity: place.param('severity'), status: place.param('status'),
        host: place.param('host'), rule_id: place.param('rule'), q: place.param('q'), page: tablePlace.page(), page_size: PAGE,
      }, signal);
    },
    () => (timeRange.live ? REFRESH_MS : 0),
    'alert history',
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.alerts;
    return html`<section class="panel" aria-label="History of alerts">
      <header><div class="filters">
        ${this.select('severity', 'Any severity', SEVERITIES)}
        ${this.select('status', 'Any state', ['firing', 'no_data', 'resolved'])}
        ${this.words()}${this.only('host')}${this.only('rule')}
      </div></header>
      <ps-table label="History of alerts" file="alert-history" .columns=${COLUMNS} .rows=${value?.alerts} .rowKey=${(alert: Alert) => alert.id} .total=${value?.total ?? 0}
        .page=${tablePlace.page()} .pageSize=${PAGE} .loading=${loading} .error=${error?.message ?? ''} @page=${tablePlace.turned}>
        <ps-empty slot="empty" heading="No alert in this time" text="Choose a longer time above, or fewer filters. Every alert that people were told of is kept, with all that happened to it."></ps-empty>
      </ps-table></section>`;
  }

  private select(name: string, any: string, values: readonly string[]) {
    return html`<select class="input" aria-label=${any} @change=${(event: Event) => place.set({ [name]: (event.target as HTMLSelectElement).value, page: null })}>
      <option value="">${any}</option>${values.map((value) => html`<option value=${value} ?selected=${place.param(name) === value}>${value.replace('_', ' ')}</option>`)}</select>`;
  }

  private words() {
    return html`<span class="search">${icons.search}<input class="input" type="search" placeholder="Host, rule or words" aria-label="Filter alerts" .value=${place.param('q')}
      @change=${(event: Event) => place.set({ q: (event.target as HTMLInputElement).value.trim(), page: null })}></span>`;
  }

  /** What a link has narrowed the list to. */
  private only(name: string) {
    const value = place.param(name);
    return value ? html`<button class="button" title="Show others, too" aria-label="Not only ${name} ${value}" @click=${() => place.set({ [name]: null, page: null })}><span class="soft">${name}</span> ${value} ✕</button>` : nothing;
  }
}
