import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { count, decimal, metricName, plural, withUnit } from '../format';
import { Placed, address, place } from '../place/place';
import '../streaming/shares';
import { cells, chip, simulatedTag } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';

type Known = number | null;

interface Part { name: string; maps: number; players: Known }
interface Host { host: string; region: string; maps: number; players: Known; mobs: Known; items: Known; currency: Known; slowest_tick_ms: Known; simulated: boolean }
interface Drift { metric: string; host: string; of: string; now: number; usual: number; change: number; percent: number }

interface Game {
  totals: { maps: number; players: Known; mobs: Known; npcs: Known; items: Known; currency: Known };
  hosting: Part[];
  regions: Part[];
  drift: Drift[];
  hosts: Host[];
  total: number;
}

const PAGE = 50;
const REFRESH_MS = 10_000;
const HOURS = [{ value: '1', label: '1 h' }, { value: '24', label: '24 h' }, { value: '168', label: '7 d' }];
/** From here on a change is worth a look. */
const LARGE_PERCENT = 50;

/** Players, monsters, items and money of the whole game, and what of it drifts. */
@customElement('ps-game-view')
export class GameView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles, .filters, .columns, .drift { margin-bottom: 12px; }`];

  private readonly game = new Loaded<Game>(this, () => `${this.hours()}|${tablePlace.page()}`,
    (signal) => api.get('/api/v1/game', { hours: this.hours(), page: tablePlace.page(), page_size: PAGE }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.game;
    if (!value) return error ? html`<ps-empty heading="The game could not be read" text=${error.message}></ps-empty>` : html`<p class="soft">Loading …</p>`;
    if (!value.total) return html`<section class="panel"><ps-empty heading="No host tells of a game" text="Hosts and maps send player_count, mob_count, item_count and currency_supply."></ps-empty></section>`;
    const { totals } = value;
    const tile = (title: string, figure: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${figure}</dd><dd class="note">${note}</dd></div>`;
    const players = (parts: Part[]) => Object.fromEntries(parts.map((part) => [NAMES[part.name] ?? (part.name || 'Not said'), part.players ?? 0]));
    return html`<div class="filters"><span class="soft">Compared with the mean of the last</span><ps-segmented label="Time" .choices=${HOURS} .value=${this.hours()} @choose=${(event: CustomEvent<string>) => place.set({ hours: event.detail === '1' ? null : event.detail }, true)}></ps-segmented></div>
      <dl class="tiles">
        ${tile('Players', count(totals.players), `on ${plural(totals.maps, 'map')}`)}
        ${tile('Monsters', count(totals.mobs), totals.npcs === null ? 'alive' : `${count(totals.npcs)} other characters`)}
        ${tile('Items', count(totals.items), totals.items !== null && totals.players ? `${decimal(totals.items / totals.players)} a player` : 'that exist')}
        ${tile('Money', count(totals.currency), totals.currency !== null && totals.players ? `${count(totals.currency / totals.players)} a player` : 'in circulation')}</dl>
      <div class="columns">
        <ps-shares heading="Players by region" .parts=${players(value.regions)}></ps-shares>
        <ps-shares heading="Players by hosting" .parts=${players(value.hosting)}></ps-shares>
      </div>
      <section class="panel drift" aria-label="What drifts"><header><h2>What drifts</h2><span class="count">most first</span></header>
        <ps-table label="What drifts" file="drift" .columns=${DRIFT} .rows=${largest(value.drift)} .rowKey=${({ metric, host, of }: Drift) => `${metric}|${host}|${of}`}><ps-empty slot="empty" heading="Nothing to compare with yet" text="There is a mean after the first minutes."></ps-empty></ps-table></section>
      <section class="panel" aria-label="Hosts of the game"><header><h2>Hosts</h2><span class="count">most players first</span></header>
        <ps-table label="Hosts of the game" file="game" .columns=${HOSTS} .rows=${value.hosts} .rowKey=${({ host }: Host) => host} .total=${value.total} .page=${tablePlace.page()} .pageSize=${PAGE} @page=${tablePlace.turned}></ps-table></section>`;
  }

  private hours(): string {
    return HOURS.some(({ value }) => value === place.param('hours')) ? place.param('hours') : '1';
  }
}

const NAMES: Record<string, string> = { p2p: 'P2P', vps: 'VPS' };
const MOST_DRIFTS = 12;

function largest(drift: Drift[]): Drift[] {
  return [...drift].sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent)).slice(0, MOST_DRIFTS);
}

const DRIFT: Column<Drift>[] = [
  { key: 'metric', title: 'What', cell: ({ metric }) => metricName(metric), text: ({ metric }) => metric },
  { key: 'where', title: 'Where', cell: ({ host, of }) => html`<a class="plain" href=${address.host(host)}>${of || host}</a>${of ? html` <span class="faint from-phone">${host}</span>` : nothing}`, text: ({ host, of }) => `${host} ${of}` },
  { key: 'now', title: 'Now', right: true, cell: ({ now, usual }) => html`${count(now)} <span class="faint from-phone">usually ${count(usual)}</span>`, text: ({ now }) => now },
  { key: 'percent', title: 'Change', right: true, cell: ({ percent }) => chip(`${percent > 0 ? '+' : ''}${withUnit(percent, 'percent')}`, Math.abs(percent) >= LARGE_PERCENT ? 'warning' : 'idle'), text: ({ percent }) => percent },
];
const HOSTS: Column<Host>[] = [
  { key: 'host', title: 'Host', cell: ({ host, simulated }) => html`<a class="plain" href=${address.host(host)}>${host}</a>${simulated ? simulatedTag : nothing}`, text: ({ host }) => host },
  { key: 'region', title: 'Region', from: 'phone', cell: ({ region }) => region || html`<span class="faint">–</span>`, text: ({ region }) => region },
  { key: 'players', title: 'Players', right: true, cell: ({ players }) => count(players), text: ({ players }) => players },
  { key: 'maps', title: 'Maps', right: true, from: 'phone', cell: ({ maps }) => count(maps), text: ({ maps }) => maps },
  { key: 'mobs', title: 'Monsters', right: true, from: 'phone', cell: ({ mobs }) => count(mobs), text: ({ mobs }) => mobs },
  { key: 'items', title: 'Items', right: true, cell: ({ items }) => count(items), text: ({ items }) => items },
  { key: 'currency', title: 'Money', right: true, from: 'tablet', cell: ({ currency }) => count(currency), text: ({ currency }) => currency },
  { key: 'tick', title: 'Slowest tick', right: true, from: 'tablet', cell: ({ slowest_tick_ms }) => withUnit(slowest_tick_ms, 'ms'), text: ({ slowest_tick_ms }) => slowest_tick_ms },
];
