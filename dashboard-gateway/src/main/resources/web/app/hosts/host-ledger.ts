import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, moment } from '../format';
import { store } from '../live/live';
import { mayAct } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { tallyStyles, tallySum, type Tally } from './tally';

interface Ledger extends Tally {
  day: string;
  balanced: boolean;
}

export interface Refused {
  host: string;
  at: string;
  code: string;
  detail: string;
  kind: string;
  name: string;
  value: string | null;
  count: number;
}

const REFRESH_MS = 5_000;

export const REFUSED_COLUMNS: Column<Refused>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => moment(at, true), text: ({ at }) => at },
  { key: 'code', title: 'Why', lead: true, cell: ({ code, detail }) => html`${chip(code, 'warning')}<span class="two wrap">${detail}</span>`, text: ({ code }) => code },
  { key: 'name', title: 'Sample', cell: ({ kind, name, value }) => html`<span class="mono wrap">${kind} ${name}${value === null ? '' : ` = ${value}`}</span>`, text: ({ name }) => name },
  { key: 'count', title: 'How many', right: true, cell: ({ count: many }) => count(many), text: ({ count: many }) => many },
];

/** Where a host's samples of a day went: every one of them is accounted for. */
@customElement('ps-host-ledger')
export class HostLedger extends LitElement {
  static styles = [shared, pageStyles, cells, tallyStyles];

  @property() name = '';
  @state() private day = '';

  private readonly ledger = new Loaded<Ledger>(this, () => `${this.name}|${this.day}`,
    (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/ledger`, { day: this.day }, signal), () => REFRESH_MS);
  private readonly refused = new Loaded<{ quarantine: Refused[] }>(this, () => (mayAct() ? this.name : null),
    (signal) => api.get('/api/v1/quarantine', { host: this.name, page_size: 50 }, signal), () => 2 * REFRESH_MS);

  render() {
    const { value, error } = this.ledger;
    const today = new Date(store.now()).toISOString().slice(0, 10);
    return html`<div class="stack"><section class="panel" aria-label="Ledger">
        <header><h2>Samples of the day</h2>${value ? chip(value.balanced ? 'adds up' : 'does not add up', value.balanced ? 'ok' : 'critical') : nothing}<span class="push"></span>
          <input class="input" type="date" aria-label="Day (UTC)" max=${today} .value=${this.day || today} @change=${(event: Event) => (this.day = (event.target as HTMLInputElement).value)}></header>
        ${error && !value ? html`<p class="pad" role="alert">${error.message}</p>` : value ? tallySum(value) : html`<p class="pad soft">Loading …</p>`}
      </section>
      ${mayAct() ? html`<section class="panel" aria-label="Quarantine"><header><h2>Refused and quarantined</h2></header>
        <ps-table label="Refused samples" file="refused-${this.name}" .columns=${REFUSED_COLUMNS} .rows=${this.refused.value?.quarantine} .error=${this.refused.error?.message ?? ''}>
          <ps-empty slot="empty" heading="Nothing was refused" text="Samples that cannot be kept stand here with the reason, so that nothing vanishes silently."></ps-empty></ps-table></section>` : nothing}</div>`;
  }
}
