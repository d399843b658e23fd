import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, decimal, plural, withUnit } from '../format';
import { Live } from '../live/live';
import { Placed, address, place } from '../place/place';
import '../ui/data-table';
import { tablePlace } from '../ui/data-table';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageHead, pageStyles, tabs } from '../ui/page';
import { shared } from '../ui/styles';
import './game-view';
import './map-distribution';
import { mapColumns, type MapRow } from './map-columns';

const PARTS = [{ view: 'maps', title: 'Maps' }, { view: 'game', title: 'Game and economy' }];
const PAGE = 50;
const REFRESH_MS = 3_000;
/** A tick that takes longer is felt by players. */
const SLOW_TICK_MS = 50;

/** Which maps run where, by whom they are hosted, and who plays on them. */
@customElement('ps-maps-page')
export class MapsPage extends LitElement {
  static styles = [shared, pageStyles, css`.tiles { margin-bottom: 12px; } ps-map-distribution { margin-bottom: 12px; }`];

  private readonly maps = new Loaded<{ maps: MapRow[] }>(this, () => (place.param('view') === 'game' ? null : 'all'), (signal) => api.get('/api/v1/maps', {}, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['hosts'] });
  }

  render() {
    if (place.param('view') === 'game') return html`${pageHead('Maps')}${tabs(PARTS, 'game')}<ps-game-view></ps-game-view>`;
    const all = this.maps.value?.maps;
    const found = all && this.sorted(all.filter((row) => this.fits(row)));
    const page = tablePlace.page();
    return html`${pageHead('Maps')}${tabs(PARTS, 'maps')}
      ${all?.length ? html`${this.tiles(all)}<ps-map-distribution .maps=${all}></ps-map-distribution>` : nothing}
      <section class="panel" aria-label="Maps">
        <header><h2>Maps</h2><span class="count">${found ? (found.length === all!.length ? count(all!.length) : `${found.length} of ${all!.length}`) : ''}</span><span class="push"></span>
          <select class="input" aria-label="Hosted by" @change=${(event: Event) => place.set({ hosting: (event.target as HTMLSelectElement).value, page: null })}>
            <option value="">P2P and VPS</option><option value="p2p" ?selected=${place.param('hosting') === 'p2p'}>P2P</option><option value="vps" ?selected=${place.param('hosting') === 'vps'}>VPS</option></select>
          <span class="search">${icons.search}<input class="input" type="search" placeholder="Map or host" aria-label="Filter maps" .value=${place.param('q')} @input=${(event: Event) => place.set({ q: (event.target as HTMLInputElement).value, page: null })}></span></header>
        <ps-table label="Maps" file="maps" .columns=${mapColumns(true, all)} .rows=${found?.slice((page - 1) * PAGE, page * PAGE)} .rowKey=${({ map, host }: MapRow) => `${map}|${host}`} .sort=${tablePlace.sort('-player_count')}
          .total=${found?.length ?? 0} .page=${page} .pageSize=${PAGE} .error=${this.maps.error?.message ?? ''} .openable=${true}
          @sort=${tablePlace.sorted} @page=${tablePlace.turned} @open=${(event: CustomEvent<MapRow>) => place.go(`${address.host(event.detail.host)}?view=maps`)}>
          <ps-empty slot="empty" heading=${all?.length ? 'No map fits' : 'No map is reported'} text=${all?.length ? 'Part of the name of a map or host is enough.' : 'Hosts tell of their maps by points of the kind map with the labels map and hosting (p2p or vps), and player_count among the fields.'}></ps-empty>
        </ps-table></section>`;
  }

  private tiles(maps: MapRow[]) {
    const players = (rows: MapRow[]) => rows.reduce((sum, { player_count }) => sum + (player_count ?? 0), 0);
    const p2p = maps.filter(({ hosting }) => hosting === 'p2p');
    const all = players(maps);
    const ticks = maps.flatMap(({ fields }) => (fields.tick_ms === undefined ? [] : [fields.tick_ms]));
    const slow = ticks.filter((tick) => tick > SLOW_TICK_MS).length;
    const down = maps.filter(({ status }) => status && status !== 'online').length;
    const empty = maps.filter(({ player_count }) => player_count === 0).length;
    const tile = (title: string, value: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    return html`<dl class="tiles">
      ${tile('Maps', count(maps.length), html`${p2p.length} P2P, ${maps.length - p2p.length} VPS`)}
      ${tile('Players on maps', count(all), `${decimal(all / maps.length)} a map`)}
      ${tile('Carried by peers', all ? withUnit((players(p2p) / all) * 100, 'percent') : '–', 'of the players')}
      ${tile('Tick time', ticks.length ? `${decimal(ticks.reduce((sum, tick) => sum + tick, 0) / ticks.length)} ms` : '–', slow ? plural(slow, 'slow map') : 'mean')}
      ${tile('Not online', count(down), empty ? plural(empty, 'map without players', 'maps without players') : down ? 'all others are well' : 'all are well')}</dl>`;
  }

  private fits({ map, host, hosting }: MapRow): boolean {
    const words = place.param('q').toLowerCase();
    const wanted = place.param('hosting');
    return (!words || map.toLowerCase().includes(words) || host.toLowerCase().includes(words)) && (!wanted || hosting === wanted);
  }

  private sorted(rows: MapRow[]): MapRow[] {
    const sort = tablePlace.sort('-player_count');
    const key = sort.replace(/^-/, '');
    const way = sort.startsWith('-') ? -1 : 1;
    const value = (row: MapRow) => (row as unknown as Record<string, string | number | null>)[key] ?? row.fields[key] ?? null;
    return rows.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
      return (typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y)) * way || a.map.localeCompare(b.map);
    });
  }
}
