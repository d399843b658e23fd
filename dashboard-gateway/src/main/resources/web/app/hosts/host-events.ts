import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { moment } from '../format';
import { Placed, address } from '../place/place';
import { chip } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { shared } from '../ui/styles';

export interface NetworkEvent {
  id: string;
  host: string;
  type: string;
  timestamp: string;
  peer: string | null;
  from: string | null;
  to: string | null;
  detail: Record<string, unknown>;
}

const PAGE = 50;
const REFRESH_MS = 10_000;

export const EVENT_COLUMNS: Column<NetworkEvent>[] = [
  { key: 'at', title: 'When', cell: ({ timestamp }) => moment(timestamp, true), text: ({ timestamp }) => timestamp },
  { key: 'type', title: 'What', cell: ({ type }) => chip(type.replaceAll('_', ' '), type === 'security' ? 'critical' : type === 'failover' ? 'warning' : 'info'), text: ({ type }) => type },
  { key: 'host', title: 'Host', lead: true, cell: ({ host, peer }) => html`<a class="plain" href=${address.host(host)}>${host}</a>${peer ? html` → <a class="plain" href=${address.host(peer)}>${peer}</a>` : nothing}`, text: ({ host, peer }) => `${host} ${peer ?? ''}` },
  { key: 'change', title: 'Change', cell: ({ from, to }) => (from || to ? html`${from ?? '–'} → <b>${to ?? '–'}</b>` : html`<span class="faint">–</span>`), text: ({ from, to }) => `${from ?? ''} ${to ?? ''}` },
  { key: 'detail', title: 'Detail', from: 'tablet', cell: ({ detail }) => html`<span class="mono clip">${Object.entries(detail ?? {}).map(([name, value]) => `${name}=${String(value)}`).join(' ')}</span>` },
];

/** State changes, failovers, discoveries, transfers and security events, of one host or of all. */
@customElement('ps-host-events')
export class HostEvents extends LitElement {
  static styles = [shared];

  /** Empty: of all. */
  @property() name = '';
  private readonly events = new Loaded<{ events: NetworkEvent[]; total: number }>(
    this,
    () => [this.name, timeRange.key, tablePlace.page()].join('|'),
    (signal) => {
      const { from, to } = timeRange.now();
      return api.get('/api/v1/network/events', { host: this.name, from: Math.round(from), to: timeRange.live ? null : Math.round(to), page: tablePlace.page(), page_size: PAGE }, signal);
    },
    () => (timeRange.live ? REFRESH_MS : 0),
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.events;
    return html`<section class="panel" aria-label="Events"><ps-table label="Events" file="events" .columns=${EVENT_COLUMNS} .rows=${value?.events} .rowKey=${({ id }: NetworkEvent) => id} .total=${value?.total ?? 0}
      .page=${tablePlace.page()} .pageSize=${PAGE} .error=${error?.message ?? ''} @page=${tablePlace.turned}>
      <ps-empty slot="empty" heading="Nothing happened in this time" text="Hosts tell of state changes, failovers, discoveries and transfers by POST /api/v1/events. Choose a longer time above to look further back."></ps-empty>
    </ps-table></section>`;
  }
}
