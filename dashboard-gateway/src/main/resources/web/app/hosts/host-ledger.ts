import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, moment } from '../format';
import { store } from '../live/live';
import { address } from '../place/place';
import { mayAct } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { remedies } from './refusals';
import { tallyStyles, tallySum, type Account, type Tally } from './tally';

interface Ledger extends Tally {
  day: string;
  balanced: boolean;
}

const PARTS = [
  ['sent', 'Sent'], ['accepted', 'Accepted'], ['stored', 'Stored'], ['late', 'Too late'], ['duplicate', 'Sent twice'], ['quarantined', 'Quarantined'], ['rejected', 'Refused'],
] as const;

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
const DAYS = 31;

export const REFUSED_COLUMNS: Column<Refused>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => moment(at, true), text: ({ at }) => at },
  { key: 'code', title: 'Why', lead: true, cell: ({ code, detail }) => html`${chip(code, 'warning')}<span class="two wrap">${detail}</span>`, text: ({ code }) => code },
  { key: 'name', title: 'Sample', cell: ({ kind, name, value }) => html`<span class="mono wrap">${kind} ${name}${value === null ? '' : ` = ${value}`}</span>`, text: ({ name }) => name },
  { key: 'count', title: 'How many', right: true, cell: ({ count: many }) => count(many), text: ({ count: many }) => many },
];

/** Where a host's samples of a day went: every one of them is accounted for. */
@customElement('ps-host-ledger')
export class HostLedger extends LitElement {
  static styles = [shared, pageStyles, cells, tallyStyles, css`
    .remedies { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 18px; padding: 4px 14px 16px; }
    .remedies dt b { font-variant-numeric: tabular-nums; } .remedies dd { color: var(--text-soft); }
    @media (max-width: 640px) { .remedies { grid-template-columns: minmax(0, 1fr); gap: 4px; } .remedies dd { margin-bottom: 8px; } }
  `];

  @property() name = '';
  @state() private day = '';

  private readonly ledger = new Loaded<Ledger>(this, () => `${this.name}|${this.day}`,
    (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/ledger`, { day: this.day }, signal), () => REFRESH_MS);
  private readonly days = new Loaded<{ days: Account[] }>(this, () => this.name,
    (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/ledger/days`, { days: DAYS }, signal), () => 2 * REFRESH_MS);
  private readonly refused = new Loaded<{ quarantine: Refused[] }>(this, () => (mayAct() ? this.name : null),
    (signal) => api.get('/api/v1/quarantine', { host: this.name, page_size: 50 }, signal), () => 2 * REFRESH_MS);

  render() {
    const { value, error } = this.ledger;
    const today = new Date(store.now()).toISOString().slice(0, 10);
    return html`<div class="stack"><section class="panel" aria-label="Ledger">
        <header><h2>Samples of the day</h2>${value ? chip(value.balanced ? 'adds up' : 'does not add up', value.balanced ? 'ok' : 'critical') : nothing}<span class="push"></span>
          <input class="input" type="date" aria-label="Day (UTC)" max=${today} .value=${this.day || today} @change=${(event: Event) => (this.day = (event.target as HTMLInputElement).value)}></header>
        ${error && !value ? html`<p class="pad" role="alert">${error.message}</p>` : value ? tallySum(value) : html`<p class="pad soft">Loading …</p>`}
        ${this.why(this.day || today)}
      </section>
      <section class="panel" aria-label="Days"><header><h2>Day by day</h2></header>
        <ps-table label="Days" file="ledger-${this.name}" .columns=${this.columns} .rows=${this.days.value?.days} .rowKey=${({ day }: Account) => day} .total=${this.days.value?.days.length ?? 0} .error=${this.days.error?.message ?? ''}>
          <ps-empty slot="empty" heading="Nothing was booked of this host yet" text="What a host sends is booked here within seconds, by the day on which it came."></ps-empty></ps-table></section>
      ${mayAct() ? html`<section class="panel" aria-label="Quarantine"><header><h2>Refused and quarantined</h2></header>
        <ps-table label="Refused samples" file="refused-${this.name}" .columns=${REFUSED_COLUMNS} .rows=${this.refused.value?.quarantine} .error=${this.refused.error?.message ?? ''}>
          <ps-empty slot="empty" heading="Nothing was refused" text="Samples that cannot be kept stand here with the reason, so that nothing vanishes silently."></ps-empty></ps-table></section>` : nothing}</div>`;
  }

  /** What became of what was refused or late, and what to do about it. */
  private why(day: string) {
    const account = this.days.value?.days.find((each) => each.day === day);
    if (!account) return nothing;
    const { late, duplicate, rejected, quarantined, reasons } = account;
    return html`${late || duplicate ? html`<p class="pad soft">${late ? html`Too late: they are kept, and the minute they belong to was counted again. Much of it means that the host sends seldom, or that its <a href="${address.host(this.name)}?view=clock">clock</a> is wrong. ` : nothing}${duplicate ? 'Sent twice: the sender repeated what we had, as it should when an answer is lost; each counts once.' : nothing}</p>` : nothing}
      ${rejected || quarantined ? remedies(this.name, reasons, rejected + quarantined) : nothing}`;
  }

  private readonly columns: Column<Account>[] = [
    { key: 'day', title: 'Day (UTC)', cell: ({ day }) => html`<button class="button" @click=${() => (this.day = day)}>${day}</button>`, text: ({ day }) => day },
    ...PARTS.map(([key, title]): Column<Account> => ({ key, title, right: true, from: key === 'sent' || key === 'rejected' ? undefined : 'phone', cell: (row) => count(row[key]), text: (row) => row[key] })),
    { key: 'reasons', title: 'Why refused', from: 'phone', cell: ({ reasons }) => html`<span class="chips">${Object.entries(reasons).map(([code, many]) => chip(`${code} ${count(many)}`, 'warning'))}</span>`, text: ({ reasons }) => Object.keys(reasons).join(' ') },
  ];
}
