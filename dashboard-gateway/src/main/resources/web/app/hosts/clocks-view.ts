import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { ago, count } from '../format';
import { Live, store } from '../live/live';
import { Placed, address, place } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { CLOCK_TONES, added, wrongBy, type ClockVerdict } from './correction';

interface WrongClock {
  host: string;
  correction_ms: number;
  verdict: ClockVerdict;
  since: string;
  jumps: number;
  corrected_today: number;
}

const PAGE = 50;
const REFRESH_MS = 10_000;
const page = (host: string) => `${address.host(host)}?view=clock`;
const COLUMNS: Column<WrongClock>[] = [
  { key: 'host', title: 'Host', cell: ({ host }) => html`<a class="plain" href=${page(host)}>${host}</a>`, text: ({ host }) => host },
  { key: 'clock', title: 'Its clock', cell: ({ correction_ms, verdict }) => chip(wrongBy(correction_ms), CLOCK_TONES[verdict]), text: ({ correction_ms }) => -correction_ms },
  { key: 'added', title: 'Added to its times', from: 'phone', cell: ({ correction_ms }) => added(correction_ms), text: ({ correction_ms }) => correction_ms },
  { key: 'since', title: 'Since', from: 'phone', cell: ({ since }) => ago(since, store.now()), text: ({ since }) => since },
  { key: 'jumps', title: 'Jumps', right: true, from: 'phone', cell: ({ jumps }) => count(jumps), text: ({ jumps }) => jumps },
  { key: 'corrected', title: 'Corrected today', right: true, cell: ({ corrected_today }) => count(corrected_today), text: ({ corrected_today }) => corrected_today },
];

/** Whose clocks are wrong, the furthest first. */
@customElement('ps-clocks')
export class ClocksView extends LitElement {
  static styles = [shared, pageStyles, cells];

  private readonly clocks = new Loaded<{ clocks: WrongClock[]; total: number }>(this, () => String(tablePlace.page()),
    (signal) => api.get('/api/v1/clocks', { page: tablePlace.page(), page_size: PAGE }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: [], ticks: true });
  }

  render() {
    const { value, error, loading } = this.clocks;
    return html`<section class="panel" aria-label="Clocks"><header><h2>Clocks that are or were wrong</h2></header>
      <ps-table label="Clocks" file="clocks" .columns=${COLUMNS} .rows=${value?.clocks} .rowKey=${({ host }: WrongClock) => host} .openable=${true} .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE} .loading=${loading && !value}
        .error=${error?.message ?? ''} @page=${tablePlace.turned} @open=${(event: CustomEvent<WrongClock>) => place.go(page(event.detail.host))}>
        <ps-empty slot="empty" heading="Every clock is right" text="Peerscope compares when batches were sent with when they came. A clock that is off by more than a second or two stands here, with what is added to its times; it never moves the windows or alerts of another host."></ps-empty></ps-table></section>`;
  }
}
