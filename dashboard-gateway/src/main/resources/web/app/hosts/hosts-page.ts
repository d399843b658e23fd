import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { ago, count, decimal, withUnit } from '../format';
import type { HostLive, HostState } from '../live/frames';
import { Live, Shown, store } from '../live/live';
import { HOME, Placed, address, place } from '../place/place';
import { mayRule } from '../session/session';
import { shareBar, simulatedTag, stateWord } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageHead, pageStyles, tabs } from '../ui/page';
import { shared } from '../ui/styles';
import './clocks-view';
import './ledgers-view';

/** As the list of the server has it; what is live overlays it. */
type Row = Omit<HostLive, 'maps'> & { maps: number };

const PAGE = 50;
const REFRESH_MS = 5_000;
const TYPING_MS = 180;
const STATES: HostState[] = ['up', 'degraded', 'silent', 'left'];
/** What is wrong comes first. */
const USUAL = '-status';

/** Every host: the server searches, sorts and pages; the cells move by themselves. */
@customElement('ps-hosts-page')
export class HostsPage extends LitElement {
  static styles = [shared, pageStyles, css`
    .states { display: flex; flex-wrap: wrap; gap: 6px; }
    .states .button[aria-pressed='true'] { background: var(--info-soft); border-color: transparent; color: var(--info); }
    .states .button { text-transform: capitalize; }
  `];

  private readonly hosts = new Loaded<{ hosts: Row[]; total: number }>(
    this,
    () => (place.param('view') ? null : [place.param('status'), place.param('q'), tablePlace.sort(USUAL), tablePlace.page()].join('|')),
    (signal) => api.get('/api/v1/hosts', {
      status: place.param('status'), q: place.param('q'), sort: tablePlace.sort(USUAL), page: tablePlace.page(), page_size: PAGE,
    }, signal),
    () => REFRESH_MS,
    'hosts',
  );
  private timer = 0;
  private typedAt = -Infinity;

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status', 'hosts'], ticks: true });
    new Shown(this, () => this.hosts.value?.hosts.map(({ host }) => host) ?? []);
  }

  render() {
    const view = place.param('view') || 'hosts';
    return html`
      ${pageHead('Hosts', { tools: mayRule() ? html`<a class="button primary" href="${HOME}/settings">${icons.plus} Add a host</a>` : nothing })}
      ${tabs([{ view: 'hosts', title: 'All hosts' }, { view: 'ledger', title: 'Where samples went' }, { view: 'clocks', title: 'Clocks' }], view)}
      ${view === 'ledger' ? html`<ps-ledgers></ps-ledgers>` : view === 'clocks' ? html`<ps-clocks></ps-clocks>` : this.list()}`;
  }

  private list() {
    const { value, error, loading } = this.hosts;
    const filtered = place.param('q') || place.param('status');
    return html`<section class="panel" aria-label="Hosts">
        <header>${this.states()}<span class="push"></span>
          <span class="search">${icons.search}<input class="input" type="search" placeholder="Name or label" aria-label="Filter hosts by name or label" .value=${place.param('q')} @input=${this.typed}></span></header>
        <ps-table label="Hosts" file="hosts" .columns=${COLUMNS} .rows=${value?.hosts.map(overlaid)} .rowKey=${({ host }: Row) => host} .openable=${true} .sort=${tablePlace.sort(USUAL)}
          .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE} .loading=${loading && !value} .error=${error?.message ?? ''}
          @sort=${tablePlace.sorted} @page=${tablePlace.turned} @open=${(event: CustomEvent<Row>) => place.go(address.host(event.detail.host))}>
          ${filtered
            ? html`<ps-empty slot="empty" heading="No host fits" text="Part of a name or of a label is enough."><button class="button" @click=${() => place.set({ q: null, status: null, page: null })}>Show all</button></ps-empty>`
            : html`<ps-empty slot="empty" heading="No host has reported yet" text=${mayRule() ? 'Register one in Settings: you get its token and a command to paste on that machine.' : 'An admin registers hosts in Settings; they appear here with their first metric.'}>
                ${mayRule() ? html`<a class="button primary" href="${HOME}/settings">Add the first host</a>` : nothing}</ps-empty>`}
        </ps-table>
      </section>`;
  }

  private states() {
    const counts: Partial<Record<HostState, number>> = store.status?.hosts ?? {};
    const chosen = place.param('status');
    return html`<span class="states" role="group" aria-label="State">${STATES.map((state) => html`
      <button class="button" aria-pressed=${chosen === state} @click=${() => place.set({ status: chosen === state ? null : state, page: null })}>
        ${counts[state] === undefined ? nothing : html`<b class="num">${count(counts[state])}</b>`} ${state}</button>`)}</span>`;
  }

  private readonly typed = (event: Event) => {
    const text = (event.target as HTMLInputElement).value;
    const ask = () => place.set({ q: text.trim(), page: null });
    // What is typed after a pause is asked for at once, what follows quickly when it ends.
    if (event.timeStamp - this.typedAt > TYPING_MS) ask();
    this.typedAt = event.timeStamp;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(ask, TYPING_MS);
  };
}

const COLUMNS: Column<Row>[] = [
  { key: 'status', title: 'State', sort: true, cell: ({ status }) => stateWord(status), text: ({ status }) => status },
  { key: 'host', title: 'Host', sort: true, text: ({ host }) => host,
    cell: ({ host, simulated, labels }) => html`<a class="plain" href=${address.host(host)}>${host}</a>${simulated ? simulatedTag : nothing}<span class="two from-phone">${Object.values(labels).slice(0, 3).join(' · ')}</span>` },
  { key: 'cpu_usage', title: 'CPU', sort: true, downFirst: true, cell: ({ fields }) => shareBar(fields.cpu_usage), text: ({ fields }) => fields.cpu_usage },
  { key: 'memory_usage', title: 'Memory', sort: true, downFirst: true, from: 'phone', cell: ({ fields }) => shareBar(fields.memory_usage), text: ({ fields }) => fields.memory_usage },
  { key: 'player_count', title: 'Players', sort: true, downFirst: true, right: true, cell: ({ fields }) => count(fields.player_count), text: ({ fields }) => fields.player_count },
  { key: 'maps', title: 'Maps', right: true, from: 'tablet', cell: ({ maps }) => maps || html`<span class="faint">–</span>`, text: ({ maps }) => maps },
  { key: 'latency', title: 'Latency', right: true, from: 'phone', cell: ({ links }) => (links.average_latency_ms === null ? html`<span class="faint">–</span>`
    : html`${decimal(links.average_latency_ms)} ms${links.impaired ? html` <b class="high" title="impaired links">${links.impaired}!</b>` : nothing}`), text: ({ links }) => links.average_latency_ms },
  { key: 'links', title: 'Links', right: true, from: 'tablet', cell: ({ links }) => links.fresh || html`<span class="faint">–</span>`, text: ({ links }) => links.fresh },
  { key: 'error_rate', title: 'Errors', sort: true, downFirst: true, right: true, from: 'tablet', cell: ({ fields }) => withUnit(fields.error_rate, 'percent'), text: ({ fields }) => fields.error_rate },
  { key: 'last_seen', title: 'Last seen', sort: true, right: true, from: 'phone', cell: ({ last_seen }) => html`<span class="soft">${ago(last_seen, store.now())}</span>`, text: ({ last_seen }) => last_seen },
];

/** The place in the list is the server's, what stands in the cells is as new as can be. */
function overlaid(row: Row): Row {
  const live = store.hosts.get(row.host);
  return live && live.last_seen >= row.last_seen ? { ...live, maps: live.maps.length } : row;
}
