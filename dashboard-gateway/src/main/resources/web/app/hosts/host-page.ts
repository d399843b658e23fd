import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { duration, severityColumn, stateChips, summaryColumn } from '../alerts/alert-columns';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { byInterest } from '../data/fields';
import { ago, metricName, moment, span, unitOf, withUnit } from '../format';
import type { Alert, HostLive } from '../live/frames';
import { Live, Shown, store } from '../live/live';
import { HOME, Placed, place } from '../place/place';
import { cells, chip, simulatedTag, stateWord } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageHead, pageStyles, tabs } from '../ui/page';
import { shared } from '../ui/styles';
import '../ui/time-picker';
import './field-charts';
import './host-clock';
import './host-events';
import './host-exchange';
import './host-ledger';
import './host-links';
import './host-reliability';
import { mapColumns, type MapRow } from '../maps/map-columns';

type Detail = Omit<HostLive, 'maps'> & { alerts: Alert[] };

const REFRESH_MS = 10_000;
const TILES = ['cpu_usage', 'memory_usage', 'player_count', 'latency', 'error_rate', 'sync_delay', 'disk_usage', 'load1'];

const ALERT_COLUMNS: Column<Alert>[] = [
  severityColumn, summaryColumn,
  { key: 'started_at', title: 'Began', from: 'phone', cell: ({ started_at }) => moment(started_at), text: ({ started_at }) => started_at },
  { key: 'lasted', title: 'Lasted', right: true, cell: duration },
  { key: 'state', title: 'State', from: 'phone', cell: stateChips, text: ({ status }) => status },
];

/** One host: how it is, how it was, what runs on it, whom it reaches, and where its samples went. */
@customElement('ps-host-page')
export class HostPage extends LitElement {
  static styles = [shared, pageStyles, cells, css`.labels { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; max-width: 100%; } .labels .chip { display: inline-block; max-width: min(100%, 60ch); overflow: hidden; text-overflow: ellipsis; } .tiles { margin-bottom: 14px; }`];

  @property() name = '';

  private readonly detail = new Loaded<Detail>(this, () => this.name, (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}`, {}, signal), () => REFRESH_MS);
  private readonly maps = new Loaded<{ maps: MapRow[] }>(this, () => (this.view() === 'maps' ? this.name : null),
    (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/maps`, {}, signal), () => REFRESH_MS);
  private readonly alerts = new Loaded<{ alerts: Alert[]; total: number }>(this, () => (this.view() === 'alerts' ? this.name : null),
    (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/alerts`, { page_size: 100 }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status', 'hosts', 'alerts'], ticks: true });
    new Shown(this, () => [this.name]);
  }

  render() {
    const read = this.detail.value;
    const live = store.hosts.get(this.name);
    const host = live ?? read;
    if (!host) {
      return this.detail.error
        ? html`<ps-empty heading=${this.detail.error.status === 404 ? 'This host has not reported' : 'The host could not be read'} text=${this.detail.error.message}><a class="button" href="${HOME}/hosts">All hosts</a></ps-empty>`
        : html`<p class="soft">Loading …</p>`;
    }
    const view = this.view();
    const firing = [...store.alerts.values()].filter((alert) => alert.host === this.name).length;
    return html`
      ${pageHead(this.name, {
        back: { href: `${HOME}/hosts`, title: 'Hosts' },
        about: html`<span class="labels">${stateWord(host.status)}<span>seen ${ago(host.last_seen, store.now())}, known since ${moment(host.first_seen)}</span>
          ${Object.entries(host.labels).map(([label, value]) => chip(`${label}: ${value}`, 'idle', `${label}: ${value}`))}${host.simulated ? simulatedTag : nothing}</span>`,
        tools: view === 'charts' || view === 'events' ? html`<ps-time-picker></ps-time-picker>` : nothing,
      })}
      ${this.tiles(host)}
      ${tabs([
        { view: 'charts', title: 'Charts' }, { view: 'links', title: 'Links', count: host.links.fresh }, { view: 'exchange', title: 'Exchange' }, { view: 'maps', title: 'Maps', count: live?.maps.length ?? '' },
        { view: 'alerts', title: 'Alerts', count: firing }, { view: 'events', title: 'Events' }, { view: 'reliability', title: 'Reliability' }, { view: 'ledger', title: 'Ledger' }, { view: 'clock', title: 'Clock' },
      ], view)}
      ${this.section(view, host)}`;
  }

  private tiles(host: Pick<HostLive, 'fields' | 'status'>) {
    const shown = TILES.filter((field) => host.fields[field] !== undefined).slice(0, 6);
    const more = host.fields.uptime_seconds;
    return html`<dl class="tiles">${shown.map((field) => html`<div class="panel tile"><dt>${metricName(field)}</dt><dd>${withUnit(host.fields[field], unitOf(field))}</dd></div>`)}
      ${more === undefined ? nothing : html`<div class="panel tile"><dt>Uptime</dt><dd>${span(more * 1000)}</dd></div>`}</dl>`;
  }

  private section(view: string, host: Pick<HostLive, 'fields'>) {
    switch (view) {
      case 'links': return html`<ps-host-links .name=${this.name}></ps-host-links>`;
      case 'exchange': return html`<ps-host-exchange .name=${this.name}></ps-host-exchange>`;
      case 'maps': return html`<section class="panel" aria-label="Maps"><ps-table label="Maps" file="maps-${this.name}" .columns=${mapColumns(false, this.maps.value?.maps)} .rows=${this.maps.value?.maps} .rowKey=${({ map }: MapRow) => map} .error=${this.maps.error?.message ?? ''}>
          <ps-empty slot="empty" heading="No map runs here" text="A host says which maps it runs by points of the kind map."></ps-empty></ps-table></section>`;
      case 'alerts': return html`<section class="panel" aria-label="Alerts"><ps-table label="Alerts" file="alerts-${this.name}" .columns=${ALERT_COLUMNS} .rows=${this.alerts.value?.alerts} .rowKey=${({ id }: Alert) => id} .total=${this.alerts.value?.alerts.length ?? 0} .pageSize=${100} .error=${this.alerts.error?.message ?? ''}>
          <ps-empty slot="empty" heading="No alert was ever told of this host" text="Everything that rules find on it will stand here."></ps-empty></ps-table></section>`;
      case 'events': return html`<ps-host-events .name=${this.name}></ps-host-events>`;
      case 'reliability': return html`<ps-host-reliability .name=${this.name}></ps-host-reliability>`;
      case 'clock': return html`<ps-host-clock .name=${this.name}></ps-host-clock>`;
      case 'ledger': return html`<ps-host-ledger .name=${this.name}></ps-host-ledger>`;
      default: return html`<ps-field-charts .name=${this.name} .fields=${Object.keys(host.fields).sort(byInterest)}></ps-field-charts>`;
    }
  }

  private view(): string {
    return place.param('view') || 'charts';
  }
}
