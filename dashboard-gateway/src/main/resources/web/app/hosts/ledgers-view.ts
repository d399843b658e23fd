import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count } from '../format';
import { store } from '../live/live';
import { Placed, address, place } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import type { Account } from './tally';

const PAGE = 50;
const REFRESH_MS = 10_000;
const page = (host: string) => `${address.host(host)}?view=ledger`;
const number = (key: keyof Account & string, title: string, from?: 'phone' | 'tablet'): Column<Account> => ({ key, title, right: true, from, cell: (row) => count(row[key] as number), text: (row) => row[key] as number });
const COLUMNS: Column<Account>[] = [
  { key: 'host', title: 'Host', cell: ({ host }) => html`<a class="plain" href=${page(host)}>${host}</a>`, text: ({ host }) => host },
  { key: 'lost', title: 'Lost', cell: lost, text: ({ rejected, quarantined }) => rejected + quarantined },
  number('sent', 'Sent'),
  number('stored', 'Stored', 'phone'),
  number('late', 'Too late', 'phone'),
  number('duplicate', 'Sent twice', 'phone'),
  number('quarantined', 'Quarantined', 'tablet'),
  number('rejected', 'Refused', 'phone'),
];

function lost({ rejected, quarantined }: Account) {
  return rejected + quarantined ? chip(count(rejected + quarantined), 'warning') : chip('none', 'ok');
}

/** Where the samples of a day went, hosts that lost most first. */
@customElement('ps-ledgers')
export class LedgersView extends LitElement {
  static styles = [shared, pageStyles, cells];

  private readonly ledgers = new Loaded<{ hosts: Account[]; total: number }>(this, () => `${place.param('day')}|${tablePlace.page()}`,
    (signal) => api.get('/api/v1/ledger', { day: place.param('day'), page: tablePlace.page(), page_size: PAGE }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.ledgers;
    const today = new Date(store.now()).toISOString().slice(0, 10);
    return html`<section class="panel" aria-label="Ledger"><header><h2>Where samples went</h2><span class="push"></span>
        <input class="input" type="date" aria-label="Day (UTC)" max=${today} .value=${place.param('day') || today} @change=${(event: Event) => place.set({ day: (event.target as HTMLInputElement).value, page: null })}></header>
      <ps-table label="Ledger" file="ledger" .columns=${COLUMNS} .rows=${value?.hosts} .rowKey=${({ host }: Account) => host} .openable=${true} .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE} .loading=${loading && !value}
        .error=${error?.message ?? ''} @page=${tablePlace.turned} @open=${(event: CustomEvent<Account>) => place.go(page(event.detail.host))}>
        <ps-empty slot="empty" heading="No sample came on that day" text="Each sample that a host sends is accounted for: stored, sent twice, too late for its minute, quarantined or refused."></ps-empty></ps-table></section>`;
  }
}
