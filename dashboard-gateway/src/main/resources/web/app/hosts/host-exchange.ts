import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, metricName, plural, withUnit } from '../format';
import { address } from '../place/place';
import { cells, chip, shareBar } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

type Known = number | null;

interface Pool { pool: string; size: Known; active: Known; utilization: Known }
interface MessageType { type: string; count: Known; bytes: Known; latency_ms: Known }
interface Peer { peer: string; messages: Known; message_bytes: Known; message_latency_ms: Known; buffered: Known; transfers: Known; transfer_failures: Known; circuit_breaker: string | null }

interface Exchange {
  pools: Pool[];
  messages: { count: Known; bytes: Known; latency_ms: Known; delivery_delay_ms: Known; buffered: Known };
  message_types: MessageType[];
  transfers: { finished: Known; failed: Known; active: Known; deduplicated: Known; duration_seconds: Known; success_rate: Known };
  circuit_breakers: Record<string, number>;
  protocols: Record<string, Record<string, number>>;
  peers: Peer[];
}

const REFRESH_MS = 5_000;
const BREAKER: Record<string, string> = { closed: 'ok', half_open: 'warning', open: 'critical' };

/** What a host exchanges with its peers, and with what: messages, transfers, pools, circuit breakers, protocols. */
@customElement('ps-host-exchange')
export class HostExchange extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles { margin-bottom: 12px; } .columns { margin-bottom: 12px; }`];

  @property() name = '';
  private readonly exchange = new Loaded<Exchange>(this, () => this.name, (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/exchange`, {}, signal), () => REFRESH_MS);

  render() {
    const { value, error } = this.exchange;
    if (!value) return error ? html`<ps-empty heading="The exchange could not be read" text=${error.message}></ps-empty>` : html`<p class="soft">Loading …</p>`;
    const protocols = Object.entries(value.protocols).flatMap(([protocol, fields]) => Object.entries(fields).map(([name, total]) => ({ protocol, name, total })));
    if (!value.pools.length && !value.peers.length && !value.message_types.length && !protocols.length && value.messages.count === null && value.transfers.finished === null) {
      return html`<section class="panel"><ps-empty heading="This host tells nothing of what it exchanges" text="It may send message_count, transfers and pool_active with pool_size, the same with the label type, and points of the kinds resource and protocol."></ps-empty></section>`;
    }
    return html`${this.tiles(value)}
      <div class="columns">
        ${value.pools.length ? html`<section class="panel" aria-label="Connection pools"><header><h2>Connection pools</h2></header><ps-table label="Connection pools" .columns=${POOLS} .rows=${value.pools} .rowKey=${({ pool }: Pool) => pool}></ps-table></section>` : nothing}
        ${value.message_types.length ? html`<section class="panel" aria-label="Messages by type"><header><h2>Messages by type</h2></header><ps-table label="Messages by type" .columns=${TYPES} .rows=${value.message_types} .rowKey=${({ type }: MessageType) => type}></ps-table></section>` : nothing}
        ${protocols.length ? html`<section class="panel" aria-label="Protocols"><header><h2>Protocols</h2></header><ps-table label="Protocols" .columns=${PROTOCOLS} .rows=${protocols} .rowKey=${({ protocol, name }: Counted) => `${protocol}.${name}`}></ps-table></section>` : nothing}
      </div>
      ${value.peers.length ? html`<section class="panel" aria-label="By peer"><header><h2>By peer</h2><span class="count">${plural(value.peers.length, 'link')}</span></header><ps-table label="By peer" file="exchange-${this.name}" .columns=${this.peers()} .rows=${value.peers} .rowKey=${({ peer }: Peer) => peer}></ps-table></section>` : nothing}`;
  }

  private tiles({ messages, transfers, circuit_breakers }: Exchange) {
    const tile = (title: string, value: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    const breakers = Object.entries(circuit_breakers);
    return html`<dl class="tiles">
      ${tile('Messages', count(messages.count), messages.bytes === null ? 'since its start' : `${withUnit(messages.bytes, 'bytes')} since its start`)}
      ${tile('Message latency', withUnit(messages.latency_ms, 'ms'), messages.delivery_delay_ms === null ? 'on the way' : `${withUnit(messages.delivery_delay_ms, 'ms')} before they leave`)}
      ${tile('Waiting', count(messages.buffered), 'for bad connections')}
      ${tile('Transfers', count(transfers.finished), transfers.active === null && transfers.deduplicated === null ? 'that have an outcome' : `${count(transfers.active)} under way, ${count(transfers.deduplicated)} saved`)}
      ${tile('Transfers that succeed', withUnit(transfers.success_rate, 'percent'), transfers.duration_seconds === null ? 'of those finished' : `${withUnit(transfers.duration_seconds, 'seconds')} each`)}
      ${breakers.length ? tile('Circuit breakers', html`${breakers.map(([state, links]) => html`${chip(`${count(links)} ${state.replace('_', ' ')}`, BREAKER[state] ?? 'idle')} `)}`, 'of its links') : nothing}</dl>`;
  }

  private peers(): Column<Peer>[] {
    return [
      { key: 'peer', title: 'Peer', cell: ({ peer }) => html`<a class="plain" href=${address.link(this.name, peer)}>${peer}</a>`, text: ({ peer }) => peer },
      { key: 'messages', title: 'Messages', right: true, cell: ({ messages }) => count(messages), text: ({ messages }) => messages },
      { key: 'bytes', title: 'Size', right: true, from: 'phone', cell: ({ message_bytes }) => withUnit(message_bytes, 'bytes'), text: ({ message_bytes }) => message_bytes },
      { key: 'latency', title: 'Latency', right: true, from: 'phone', cell: ({ message_latency_ms }) => withUnit(message_latency_ms, 'ms'), text: ({ message_latency_ms }) => message_latency_ms },
      { key: 'buffered', title: 'Waiting', right: true, from: 'tablet', cell: ({ buffered }) => count(buffered), text: ({ buffered }) => buffered },
      { key: 'transfers', title: 'Transfers', right: true, from: 'tablet', cell: ({ transfers, transfer_failures }) => html`${count(transfers)}${transfer_failures ? html` <span class="faint">${count(transfer_failures)} failed</span>` : nothing}`, text: ({ transfers }) => transfers },
      { key: 'breaker', title: 'Circuit breaker', right: true, cell: ({ circuit_breaker }) => (circuit_breaker ? chip(circuit_breaker.replace('_', ' '), BREAKER[circuit_breaker] ?? 'idle') : html`<span class="faint">–</span>`), text: ({ circuit_breaker }) => circuit_breaker },
    ];
  }
}

interface Counted { protocol: string; name: string; total: number }

const POOLS: Column<Pool>[] = [
  { key: 'pool', title: 'Pool', cell: ({ pool }) => (pool ? html`<b>${pool}</b>` : 'of the host') },
  { key: 'active', title: 'In use', right: true, cell: ({ active, size }) => `${count(active)} of ${count(size)}` },
  { key: 'utilization', title: 'Share', cell: ({ utilization }) => shareBar(utilization) },
];
const TYPES: Column<MessageType>[] = [
  { key: 'type', title: 'Type', cell: ({ type }) => html`<b>${type}</b>` },
  { key: 'count', title: 'Messages', right: true, cell: (row) => count(row.count) },
  { key: 'bytes', title: 'Size', right: true, cell: ({ bytes }) => withUnit(bytes, 'bytes') },
  { key: 'latency', title: 'Latency', right: true, cell: ({ latency_ms }) => withUnit(latency_ms, 'ms') },
];
const PROTOCOLS: Column<Counted>[] = [
  { key: 'protocol', title: 'Protocol', cell: ({ protocol }) => html`<b>${protocol}</b>` },
  { key: 'name', title: 'What', cell: ({ name }) => metricName(name) },
  { key: 'total', title: 'Value', right: true, cell: ({ total }) => count(total) },
];
