import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { EVENT_COLUMNS, type NetworkEvent } from '../hosts/host-events';
import type { MapRow } from '../maps/map-columns';
import '../maps/map-distribution';
import { HOME } from '../place/place';
import '../ui/data-table';
import { shared } from '../ui/styles';

const MAPS_MS = 5_000;
const EVENTS_MS = 10_000;
const NEWEST = 8;
/** There is no room for details beside the alerts. */
const IN_SHORT = EVENT_COLUMNS.filter(({ key }) => key !== 'detail');

/** Below what everybody looks at: where the players are, and what happened last. */
@customElement('ps-overview-more')
export class OverviewMore extends LitElement {
  static styles = [shared, css`:host { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); } a { margin-left: auto; font-size: 12px; color: var(--text-soft); text-decoration: none; } a:hover { color: var(--accent); }`];

  private readonly maps = new Loaded<{ maps: MapRow[] }>(this, () => 'all', (signal) => api.get('/api/v1/maps', {}, signal), () => MAPS_MS, 'maps');
  private readonly events = new Loaded<{ events: NetworkEvent[] }>(this, () => 'all', (signal) => api.get('/api/v1/network/events', { page_size: NEWEST }, signal), () => EVENTS_MS, 'events');

  render() {
    const maps = this.maps.value?.maps;
    const events = this.events.value?.events;
    return html`
      ${maps?.length ? html`<ps-map-distribution .maps=${maps}></ps-map-distribution>` : nothing}
      ${events?.length ? html`<section class="panel" aria-label="Network events"><header><h2>Network events</h2><a href="${HOME}/network?view=events">All events</a></header>
        <ps-table label="Network events" .columns=${IN_SHORT} .rows=${events} .rowKey=${({ id }: NetworkEvent) => id}></ps-table></section>` : nothing}`;
  }
}
