import { LitElement, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { moment, plural, span, withUnit } from '../format';
import { Live, store } from '../live/live';
import { address } from '../place/place';
import { cells, chip, simulatedTag } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { titleOf } from './words';

interface Incident {
  id: string;
  status: 'open' | 'ended';
  cause: string;
  name: string;
  started_at: string;
  ended_at: string | null;
  links: number;
  share: number;
  children: { host: string; state: 'cut_off' | 'affected' | 'recovered' }[];
  alerts: string[];
  child_alerts: string[];
  simulated: boolean;
}

const PAGE = 50;
const REFRESH_MS = 5_000;
const NAMED = 8;
const TONES = { cut_off: 'critical', affected: 'warning', recovered: 'ok' };

/** What went wrong together: one cause, and whom it hurts. */
@customElement('ps-incidents')
export class IncidentsView extends LitElement {
  static styles = [shared, pageStyles, cells];

  private readonly incidents = new Loaded<{ incidents: Incident[]; total: number }>(this, () => String(tablePlace.page()),
    (signal) => api.get('/api/v1/incidents', { page: tablePlace.page(), page_size: PAGE }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Live(this, { of: ['alerts'], ticks: true });
  }

  render() {
    const { value, error } = this.incidents;
    // An older server has no such list: then there is none to show.
    const none = error?.status === 404 ? { incidents: [], total: 0 } : undefined;
    const shown = value ?? none;
    return html`<section class="panel" aria-label="Incidents"><header><h2>Incidents</h2><span class="count">what went wrong together</span></header>
      <ps-table label="Incidents" .columns=${COLUMNS} .rows=${shown?.incidents} .rowKey=${({ id }: Incident) => id} .total=${shown?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE}
        .error=${none ? '' : error?.message ?? ''} @page=${tablePlace.turned}>
        <ps-empty slot="empty" heading="No incident" text="When many links go bad at once, Peerscope looks for what they have in common: a host, a relay, a region. What it finds stands here with everybody it hurts, instead of a hundred alerts."></ps-empty>
      </ps-table></section>`;
  }
}

function hosts(children: Incident['children']) {
  return html`<span class="chips">${children.map(({ host, state }) => html`<a class="plain" href=${address.host(host)}>${chip(host, TONES[state] ?? 'idle', state.replace('_', ' '))}</a>`)}</span>`;
}

const COLUMNS: Column<Incident>[] = [
  { key: 'status', title: 'State', cell: ({ status }) => chip(status, status === 'open' ? 'critical' : 'ok') },
  { key: 'cause', title: 'Cause', lead: true, cell: ({ cause, name, simulated, links, share }) => html`<b>${cause} ${cause === 'host' ? html`<a class="plain" href=${address.host(name)}>${name}</a>` : name}</b>${simulated ? simulatedTag : nothing}
      <span class="two">${plural(links, 'link')}, ${withUnit(share * 100, 'percent')} of those that went bad then</span>` },
  { key: 'children', title: 'Whom it hurts', cell: ({ children }) => html`${hosts(children.slice(0, NAMED))}${children.length > NAMED ? html`<details><summary class="soft">and ${children.length - NAMED} more</summary>${hosts(children.slice(NAMED))}</details>` : nothing}` },
  { key: 'alerts', title: 'Alerts', from: 'phone', cell: ({ alerts, child_alerts }) => html`${alerts.map((id) => html`<a href=${address.alert(id)}>${store.alerts.has(id) ? titleOf(store.alerts.get(id)!) : `alert ${id.slice(0, 6)}`}</a><br>`)}${child_alerts.length ? html`<span class="two">${alerts.length ? 'and ' : ''}${child_alerts.length} of those it hurts</span>` : nothing}` },
  { key: 'started', title: 'Began', from: 'phone', cell: ({ started_at }) => moment(started_at) },
  { key: 'lasted', title: 'Lasted', right: true, cell: ({ started_at, ended_at }) => span((ended_at ? Date.parse(ended_at) : store.now()) - Date.parse(started_at)) },
];
