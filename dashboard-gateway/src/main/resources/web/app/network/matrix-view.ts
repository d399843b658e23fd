import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Loaded } from '../data/loaded';
import { plural, withUnit } from '../format';
import { Placed, address, place } from '../place/place';
import { cells } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';
import { Themed } from '../ui/theme';
import { SCALES, scaleOf, type Scale } from './latency';
import './link-matrix';
import { MOST_HOSTS } from './link-matrix';
import { matrix, regionOf, type Cell } from './links';
import { legendStyles, scaleLegend } from './scale-legend';

const REFRESH_MS = 5_000;
const WORST = 15;
const SORTS = [{ value: 'region', label: 'Region' }, { value: 'name', label: 'Name' }, { value: 'worst', label: 'Worst' }];
const METRICS = SCALES.map(({ metric, title }) => ({ value: metric as string, label: title }));

/** The whole network in one picture: who reaches whom, and how well. */
@customElement('ps-matrix-view')
export class MatrixView extends LitElement {
  static styles = [shared, pageStyles, cells, legendStyles, css`
    .grid { display: grid; grid-template-columns: minmax(0, 1fr) 400px; gap: 12px; align-items: start; }
    .pad { padding: 6px; }
    @media (max-width: 1080px) { .grid { grid-template-columns: minmax(0, 1fr); } }
    @media (max-width: 640px) { ps-link-matrix { --matrix-height: 420px; } }
  `];

  private readonly cells = new Loaded<Cell[]>(this, () => this.scale().metric, (signal) => matrix(this.scale().metric, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Themed(this);
    new Placed(this);
  }

  render() {
    const { value, error } = this.cells;
    const scale = this.scale();
    const shown = this.shown(value ?? []);
    const hosts = new Set(shown.flatMap(({ from, to }) => [from, to]));
    const byRegion = place.param('by') ? place.param('by') === 'region' : hosts.size > MOST_HOSTS;
    return html`<div class="grid">
      <section class="panel" aria-label="Connection matrix">
        <header><h2>Who reaches whom</h2><span class="count">${shown.length ? plural(hosts.size, 'host') : ''}</span><span class="push"></span>
          ${scaleLegend(scale)}
          <ps-segmented label="Metric" .choices=${METRICS} .value=${scale.metric} @choose=${(event: CustomEvent<string>) => place.set({ metric: event.detail === 'latency_ms' ? null : event.detail })}></ps-segmented>
          <ps-segmented label="Cells" .choices=${[{ value: 'host', label: 'Hosts' }, { value: 'region', label: 'Regions' }]} .value=${byRegion ? 'region' : 'host'} @choose=${(event: CustomEvent<string>) => place.set({ by: event.detail })}></ps-segmented>
          <ps-segmented label="Order" .choices=${SORTS} .value=${place.param('sort') || 'region'} @choose=${(event: CustomEvent<string>) => place.set({ sort: event.detail })}></ps-segmented>
          ${place.param('regions') ? html`<button class="button" @click=${() => place.set({ regions: null }, true)} title="Show all regions">${place.param('regions').replace(',', ' – ')} ×</button>` : nothing}</header>
        ${shown.length
          ? html`<div class="pad"><ps-link-matrix .cells=${shown} .scale=${scale} .sort=${place.param('sort') || 'region'} .byRegion=${byRegion}></ps-link-matrix></div>`
          : error ? html`<ps-empty heading="The matrix could not be read" text=${error.message}></ps-empty>`
          : value ? html`<ps-empty heading="No link is fresh" text="Hosts tell of their links by points of the kind connection with the label peer. The agent probes the peers it is told of: latency, jitter and loss appear here within seconds."></ps-empty>`
          : html`<p class="pad soft">Loading …</p>`}
      </section>
      <section class="panel" aria-label="Worst links"><header><h2>Worst links</h2><span class="count">${scale.title.toLowerCase()}</span></header>
        <ps-table label="Worst links" file="worst-links" .columns=${columns(scale)} .rows=${value && this.worst(shown)} .rowKey=${({ from, to }: Cell) => `${from}|${to}`} .openable=${true}
          @open=${(event: CustomEvent<Cell>) => place.go(address.link(event.detail.from, event.detail.to))}>
          <ps-empty slot="empty" heading="Nothing to rank" text=""></ps-empty></ps-table></section>
    </div>`;
  }

  private scale(): Scale {
    return scaleOf(place.param('metric'));
  }

  private shown(all: Cell[]): Cell[] {
    const regions = place.param('regions').split(',').filter(Boolean);
    return regions.length ? all.filter(({ from, to }) => regions.includes(regionOf(from)) && regions.includes(regionOf(to))) : all;
  }

  private worst(all: Cell[]): Cell[] {
    const down = this.scale().lowIsBad ? 1 : -1;
    return [...all].sort((a, b) => (a.value - b.value) * down).slice(0, WORST);
  }
}

function columns({ title, unit, metric }: Scale): Column<Cell>[] {
  return [
    { key: 'link', title: 'Link', lead: true, cell: ({ from, to }) => html`<a class="plain" href=${address.link(from, to)}>${from} → ${to}</a>`, text: ({ from, to }) => `${from} -> ${to}` },
    { key: metric, title, right: true, cell: ({ value }) => html`<b>${withUnit(value, unit)}</b>`, text: ({ value }) => value },
    { key: 'path', title: 'Path', cell: ({ path }) => path || html`<span class="faint">–</span>`, text: ({ path }) => path },
  ];
}
