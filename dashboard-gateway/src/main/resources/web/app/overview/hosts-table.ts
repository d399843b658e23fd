import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { ago, count, decimal, plural } from '../format';
import type { HostLive, HostState } from '../live/frames';
import { Live, store } from '../live/live';
import { address } from '../place/place';
import { cells, shareBar } from '../ui/cells';
import { icons, stateIcon } from '../ui/icons';
import { shared } from '../ui/styles';

type Column = 'status' | 'host' | 'cpu' | 'memory' | 'players' | 'maps' | 'latency' | 'seen';

const PAGE = 50;
const NAMES = new Intl.Collator(undefined, { numeric: true });
const STATE_ORDER: HostState[] = ['silent', 'degraded', 'up', 'left'];

const TITLES: Record<Column, string> = {
  status: 'State', host: 'Host', cpu: 'CPU', memory: 'Memory', players: 'Players', maps: 'Maps', latency: 'Latency', seen: 'Last seen',
};

/** Every host, with cells that move. Troubled hosts come first until another order is chosen. */
@customElement('ps-hosts')
export class HostsTable extends LitElement {
  static styles = [
    shared,
    cells,
    css`
      .panel { overflow: hidden; }
      .search { position: relative; }
      .search svg { position: absolute; left: 9px; top: 50%; translate: 0 -50%; color: var(--text-faint); pointer-events: none; }
      .search .input { width: 210px; padding-left: 29px; }

      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th { padding: 0; text-align: left; border-bottom: 1px solid var(--line); }
      th button { display: inline-flex; gap: 4px; width: 100%; padding: 8px 14px; border: 0; background: none; color: var(--text-faint); font-size: 12px; font-weight: 500; cursor: pointer; white-space: nowrap; }
      th button:hover { color: var(--text); }
      th[aria-sort] button { color: var(--text); }
      .right { text-align: right; }
      th.right button { justify-content: flex-end; }
      td { height: 36px; padding: 0 14px; border-bottom: 1px solid var(--line); white-space: nowrap; }
      tr:last-child td { border-bottom: 0; }
      tbody tr:hover { background: var(--hover); }
      .name { max-width: 260px; overflow: hidden; text-overflow: ellipsis; font-weight: 550; }
      .name a { color: inherit; text-decoration: none; } .name a:hover { color: var(--accent); text-decoration: underline; }

      tr.quiet .cell { color: var(--text-faint); }
      tr.quiet .cell svg { opacity: 0.5; }


      .foot { display: flex; align-items: center; gap: 12px; padding: 9px 14px; border-top: 1px solid var(--line); }
      .none { padding: 26px; text-align: center; }

      @media (max-width: 860px) { .maps, .latency { display: none; } }
      @media (max-width: 640px) {
        .memory, .seen, .state span { display: none; }
        td, th button { padding-inline: 10px; }
        td.status, th.status { width: 30px; padding-right: 0; }
        th.status button { overflow: hidden; width: 20px; padding-right: 0; color: transparent; }
        .search .input { width: 148px; }
        .tag { display: none; }
        .name { max-width: 138px; }
      }
    `,
  ];

  @state() private sort: Column = 'status';
  @state() private descending = false;
  @state() private filter = '';
  @state() private shown = PAGE;
  /** The place of each name among all; comparing thousands of names every second would be half the work of the page. */
  private ranks = new Map<string, number>();

  constructor() {
    super();
    new Live(this, { of: ['hosts'], ticks: true });
  }

  render() {
    this.rank();
    const wanted = this.filter.trim().toLowerCase();
    const found = [...store.hosts.values()].filter((host) => matches(host, wanted));
    const hosts = found.sort((a, b) => this.compare(a, b)).slice(0, this.shown);
    return html`<section class="panel" aria-labelledby="hosts">
      <header>
        <h2 id="hosts">Hosts</h2><span class="count">${wanted ? `${found.length} of ${store.hosts.size}` : store.hosts.size}</span>
        <span class="push search">${icons.search}
          <input class="input" type="search" placeholder="Filter" aria-label="Filter hosts by name, state or label"
            .value=${this.filter} @input=${this.filtered}></span>
      </header>
      ${hosts.length ? this.table(hosts) : html`<p class="none soft">${wanted ? `No host matches “${this.filter}”.` : 'Waiting for hosts …'}</p>`}
      ${found.length > hosts.length
        ? html`<div class="foot"><span class="soft">${hosts.length} of ${plural(found.length, 'host')}</span>
            <button class="button" @click=${() => (this.shown += 4 * PAGE)}>Show more</button></div>`
        : nothing}
    </section>`;
  }

  private table(hosts: HostLive[]) {
    const now = store.now();
    return html`<div class="scroll"><table>
      <thead><tr>${(Object.keys(TITLES) as Column[]).map((column) => this.heading(column))}</tr></thead>
      <tbody>${repeat(hosts, (host) => host.host, (host) => this.row(host, now))}</tbody>
    </table></div>`;
  }

  private heading(column: Column) {
    const sorted = column === this.sort;
    return html`<th scope="col" class="${column} ${isNumber(column) ? 'right' : ''}"
      aria-sort=${sorted ? (this.descending ? 'descending' : 'ascending') : nothing}>
      <button @click=${() => this.sortBy(column)}>${TITLES[column]}<span aria-hidden="true">${sorted ? (this.descending ? '↓' : '↑') : ''}</span></button></th>`;
  }

  private row(host: HostLive, now: number) {
    const { status } = host;
    return html`<tr class=${status === 'silent' ? 'quiet' : ''}>${guard([host], () => html`
      <td class="status"><span class="state ${status}" title=${status}>${stateIcon(status)}<span>${status}</span>
        <span class="visually-hidden">${status}</span></span></td>
      <td class="host name" title=${title(host)}><a href=${address.host(host.host)}>${host.host}</a>${host.simulated ? html`<span class="tag">sim</span>` : nothing}</td>
      <td class="cpu cell">${shareBar(host.fields.cpu_usage)}</td>
      <td class="memory cell">${shareBar(host.fields.memory_usage)}</td>
      <td class="players cell right">${count(host.fields.player_count)}</td>
      <td class="maps cell right">${host.maps.length || html`<span class="faint">–</span>`}</td>
      <td class="latency cell right">${latency(host)}</td>`)}
      <td class="seen right soft">${ago(host.last_seen, now)}</td>
    </tr>`;
  }

  private sortBy(column: Column) {
    this.descending = column === this.sort ? !this.descending : isNumber(column) || column === 'cpu' || column === 'memory';
    this.sort = column;
  }

  private rank() {
    const names = [...store.hosts.keys()];
    if (names.every((name) => this.ranks.has(name))) return;
    names.sort(NAMES.compare);
    this.ranks = new Map(names.map((name, at) => [name, at]));
  }

  private compare(a: HostLive, b: HostLive): number {
    const x = key(a, this.sort);
    const y = key(b, this.sort);
    const byName = this.ranks.get(a.host)! - this.ranks.get(b.host)!;
    // What is unknown comes last in either direction.
    if (x === null || y === null) return x === y ? byName : x === null ? 1 : -1;
    const order = typeof x === 'string' ? byName : x - (y as number);
    return (this.descending ? -order : order) || byName;
  }

  private filtered(event: Event) {
    this.filter = (event.target as HTMLInputElement).value;
    this.shown = PAGE;
  }
}

function isNumber(column: Column): boolean {
  return column === 'players' || column === 'maps' || column === 'latency' || column === 'seen';
}

function key(host: HostLive, column: Column): string | number | null {
  switch (column) {
    case 'status': return STATE_ORDER.indexOf(host.status);
    case 'host': return host.host;
    case 'cpu': return host.fields.cpu_usage ?? null;
    case 'memory': return host.fields.memory_usage ?? null;
    case 'players': return host.fields.player_count ?? null;
    case 'maps': return host.maps.length;
    case 'latency': return host.links.average_latency_ms;
    case 'seen': return Date.parse(host.last_seen);
  }
}

function matches(host: HostLive, wanted: string): boolean {
  if (!wanted) return true;
  const labels = Object.entries(host.labels).map(([name, value]) => `${name}:${value}`);
  return [host.host, host.status, ...labels].some((text) => text.toLowerCase().includes(wanted));
}

function title(host: HostLive): string {
  return [host.host, ...Object.entries(host.labels).map(([name, value]) => `${name}: ${value}`)].join('\n');
}

function latency(host: HostLive) {
  const millis = host.links.average_latency_ms;
  if (millis === null) return html`<span class="faint">–</span>`;
  return html`${decimal(millis)} ms${host.links.impaired ? html` <b class="high" title="impaired links">${host.links.impaired}!</b>` : nothing}`;
}
