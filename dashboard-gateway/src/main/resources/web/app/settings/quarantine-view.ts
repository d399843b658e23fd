import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { REFUSED_COLUMNS, type Refused } from '../hosts/host-ledger';
import { Placed, address, place } from '../place/place';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import './receipt-lookup';

const PAGE = 50;
const REFRESH_MS = 10_000;
const COLUMNS: Column<Refused>[] = [
  { key: 'host', title: 'Host', cell: ({ host }) => html`<a class="plain" href="${address.host(host)}?view=ledger">${host}</a>`, text: ({ host }) => host },
  ...REFUSED_COLUMNS,
];

/** What could not be kept, and why: nothing vanishes silently. */
@customElement('ps-quarantine')
export class QuarantineView extends LitElement {
  static styles = [shared, pageStyles];

  private readonly refused = new Loaded<{ quarantine: Refused[]; total: number }>(
    this,
    () => [timeRange.key, place.param('host'), place.param('code'), tablePlace.page()].join('|'),
    (signal) => {
      const { from, to } = timeRange.now();
      return api.get('/api/v1/quarantine', { from: Math.round(from), to: timeRange.live ? null : Math.round(to), host: place.param('host'), code: place.param('code'), page: tablePlace.page(), page_size: PAGE }, signal);
    },
    () => (timeRange.live ? REFRESH_MS : 0),
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.refused;
    const input = (name: string, title: string) => html`<input class="input" type="search" placeholder=${title} aria-label=${title} .value=${place.param(name)} @change=${(event: Event) => place.set({ [name]: (event.target as HTMLInputElement).value.trim(), page: null })}>`;
    return html`<div class="stack"><section class="panel" aria-label="Quarantine"><header><h2>Refused samples</h2><span class="push"></span>${input('host', 'Host')}${input('code', 'Reason')}</header>
      <ps-table label="Refused samples" file="quarantine" .columns=${COLUMNS} .rows=${value?.quarantine} .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE} .loading=${loading && !value}
        .error=${error?.message ?? ''} @page=${tablePlace.turned}>
        <ps-empty slot="empty" heading="Nothing was refused in this time" text="Samples with a bad name, value or time stand here with the reason and the host that sent them."></ps-empty></ps-table></section><ps-receipt></ps-receipt></div>`;
  }
}
