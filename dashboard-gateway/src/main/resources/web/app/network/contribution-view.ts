import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, decimal, plural, withUnit } from '../format';
import { Placed, address, place } from '../place/place';
import { cells, chip, shareBar, simulatedTag } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';

interface Row {
  host: string;
  up_bytes: number | null;
  down_bytes: number | null;
  share: number | null;
  ratio: number | null;
  free_rider: boolean;
  up_bytes_per_second: number | null;
  down_bytes_per_second: number | null;
  simulated: boolean;
}

export interface Offload {
  content: string;
  peer_bytes: number;
  server_bytes: number;
  ratio: number | null;
}

export interface Contribution {
  up_bytes: number;
  down_bytes: number;
  takers: number;
  free_riders: number;
  free_rider_share: number | null;
  top_tenth_share: number | null;
  offload: { total: Offload; contents: Offload[]; maps: Offload[] };
  hosts: Row[];
  total: number;
}

const PAGE = 50;
const REFRESH_MS = 15_000;
const HOURS = [{ value: '1', label: '1 h' }, { value: '6', label: '6 h' }, { value: '24', label: '24 h' }, { value: '168', label: '7 d' }];

/** Who carries the network, who only takes, and how much peers spare the servers. */
@customElement('ps-contribution-view')
export class ContributionView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles { margin-bottom: 12px; } .filters { margin-bottom: 12px; } .columns { margin-top: 12px; }`];

  private readonly answer = new Loaded<Contribution>(this, () => `${this.hours()}|${tablePlace.page()}`,
    (signal) => api.get('/api/v1/network/contribution', { hours: this.hours(), page: tablePlace.page(), page_size: PAGE }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.answer;
    if (!value) return error ? html`<ps-empty heading="It could not be read who carries the network" text=${error.message}></ps-empty>` : html`<p class="soft">Loading …</p>`;
    const offload = [...value.offload.contents, ...value.offload.maps];
    return html`<div class="filters"><ps-segmented label="Time" .choices=${HOURS} .value=${this.hours()} @choose=${(event: CustomEvent<string>) => place.set({ hours: event.detail === '1' ? null : event.detail, page: null }, true)}></ps-segmented></div>
      ${value.total ? this.tiles(value) : nothing}
      <section class="panel" aria-label="Hosts by what they give"><header><h2>Hosts</h2><span class="count">who gave most first</span></header>
        <ps-table label="Hosts by what they give" file="contribution" .columns=${HOSTS} .rows=${value.hosts} .rowKey=${({ host }: Row) => host} .total=${value.total} .page=${tablePlace.page()} .pageSize=${PAGE} @page=${tablePlace.turned}>
          <ps-empty slot="empty" heading="Nobody tells what it sends" text="Hosts count bytes_sent and bytes_received by their connections, or for themselves as a whole."></ps-empty></ps-table></section>
      ${offload.length ? html`<div class="columns"><section class="panel" aria-label="Offload by content"><header><h2>Offload</h2><span class="count">bytes from peers, of all</span></header>
        <ps-table label="Offload by content" file="offload" .columns=${OFFLOAD} .rows=${offload} .rowKey=${({ content }: Offload) => content}></ps-table></section></div>` : nothing}`;
  }

  private tiles(value: Contribution) {
    const tile = (title: string, figure: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${figure}</dd><dd class="note">${note}</dd></div>`;
    const { total } = value.offload;
    return html`<dl class="tiles">
      ${tile('Given to peers', withUnit(value.up_bytes, 'bytes'), `by ${plural(value.total, 'host')}`)}
      ${tile('Taken from peers', withUnit(value.down_bytes, 'bytes'), plural(value.takers, 'taker'))}
      ${tile('The top tenth gives', value.top_tenth_share === null ? '–' : withUnit(value.top_tenth_share * 100, 'percent'), 'of all that is given')}
      ${tile('Free riders', value.free_rider_share === null ? '–' : withUnit(value.free_rider_share * 100, 'percent'), `${count(value.free_riders)} give back less than a tenth`)}
      ${tile('Offload', total.ratio === null ? '–' : withUnit(total.ratio * 100, 'percent'), total.ratio === null ? 'no host tells peer_bytes and server_bytes' : `${withUnit(total.peer_bytes, 'bytes')} came from peers`)}</dl>`;
  }

  private hours(): string {
    return HOURS.some(({ value }) => value === place.param('hours')) ? place.param('hours') : '1';
  }
}

const HOSTS: Column<Row>[] = [
  { key: 'host', title: 'Host', cell: ({ host, simulated, free_rider }) => html`<a class="plain" href=${address.host(host)}>${host}</a>${simulated ? simulatedTag : nothing}${free_rider ? html` ${chip('free rider', 'warning', 'Took a megabyte or more and gave back less than a tenth')}` : nothing}`, text: ({ host }) => host },
  { key: 'up', title: 'Gave', right: true, cell: ({ up_bytes }) => withUnit(up_bytes, 'bytes'), text: ({ up_bytes }) => up_bytes },
  { key: 'down', title: 'Took', right: true, cell: ({ down_bytes }) => withUnit(down_bytes, 'bytes'), text: ({ down_bytes }) => down_bytes },
  { key: 'ratio', title: 'Gave / took', right: true, from: 'phone', cell: ({ ratio }) => decimal(ratio), text: ({ ratio }) => ratio },
  { key: 'share', title: 'Share of all given', from: 'phone', cell: ({ share }) => shareBar(share === null ? null : share * 100), text: ({ share }) => share },
  { key: 'now_up', title: 'Gives now', right: true, from: 'tablet', cell: ({ up_bytes_per_second }) => withUnit(up_bytes_per_second, 'bytes/s'), text: ({ up_bytes_per_second }) => up_bytes_per_second },
  { key: 'now_down', title: 'Takes now', right: true, from: 'tablet', cell: ({ down_bytes_per_second }) => withUnit(down_bytes_per_second, 'bytes/s'), text: ({ down_bytes_per_second }) => down_bytes_per_second },
];
const OFFLOAD: Column<Offload>[] = [
  { key: 'content', title: 'Content', cell: ({ content }) => html`<b>${content || 'not named'}</b>`, text: ({ content }) => content },
  { key: 'peers', title: 'From peers', right: true, cell: ({ peer_bytes }) => withUnit(peer_bytes, 'bytes'), text: ({ peer_bytes }) => peer_bytes },
  { key: 'servers', title: 'From servers', right: true, from: 'phone', cell: ({ server_bytes }) => withUnit(server_bytes, 'bytes'), text: ({ server_bytes }) => server_bytes },
  { key: 'ratio', title: 'Offload', right: true, cell: ({ ratio }) => (ratio === null ? '–' : withUnit(ratio * 100, 'percent')), text: ({ ratio }) => ratio },
];
