import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { plural } from '../format';
import { store } from '../live/live';
import { Placed, place } from '../place/place';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';
import { Themed } from '../ui/theme';
import './heat-chart';
import type { HeatRow } from './heat-chart';
import { SCALES, scaleOf } from './latency';
import { legendStyles, scaleLegend } from './scale-legend';

const MOST_ROWS = 48;
const COLUMNS = 90;
const MOST_HOSTS = 40;
const METRICS = SCALES.map(({ metric, title }) => ({ value: metric as string, label: title }));

interface Heatmap {
  total: number;
  times: number[];
  links: { from: string; to: string; values: (number | null)[] }[];
}

/** When was which link bad? The worst links of the time, each a row. */
@customElement('ps-heat-view')
export class HeatView extends LitElement {
  static styles = [shared, pageStyles, legendStyles, css`.pad { padding: 6px; }`];

  private readonly rows = new Loaded<{ all: number; rows: HeatRow[] }>(
    this,
    () => `${place.param('metric')}|${timeRange.key}|${place.param('q')}`,
    (signal) => this.load(signal),
    () => (timeRange.live ? Math.max(10_000, timeRange.every) : 0),
  );

  constructor() {
    super();
    new Themed(this);
    new Placed(this);
  }

  render() {
    const { value, error } = this.rows;
    const scale = scaleOf(place.param('metric'));
    return html`<section class="panel" aria-label="Heatmap">
      <header><h2>${scale.title} over time</h2><span class="count">${value ? (value.all > value.rows.length ? `the ${value.rows.length} worst of ${plural(value.all, 'link')}` : plural(value.all, 'link')) : ''}</span><span class="push"></span>
        ${scaleLegend(scale)}
        <ps-segmented label="Metric" .choices=${METRICS} .value=${scale.metric} @choose=${(event: CustomEvent<string>) => place.set({ metric: event.detail === 'latency_ms' ? null : event.detail })}></ps-segmented></header>
      ${value?.rows.length ? html`<div class="pad"><ps-heat-chart .rows=${value.rows} .scale=${scale}></ps-heat-chart></div>`
        : error ? html`<ps-empty heading="The heatmap could not be read" text=${error.message}></ps-empty>`
        : value ? html`<ps-empty heading="No link was measured in this time" text="Choose another time above."></ps-empty>` : html`<p class="pad soft">Loading …</p>`}
    </section>`;
  }

  private async load(signal: AbortSignal): Promise<{ all: number; rows: HeatRow[] }> {
    const { from, to } = timeRange.now();
    const asked = { metric: scaleOf(place.param('metric')).metric, from: Math.round(from), to: Math.round(to), buckets: COLUMNS, page_size: MOST_ROWS };
    const { total, times, links } = await api.get<Heatmap>('/api/v1/network/heatmap', asked, signal).catch((error: ApiError) => {
      if (error.status !== 400) throw error;
      // Too many links for one answer: those of the hosts that look worst now.
      return api.get<Heatmap>('/api/v1/network/heatmap', { ...asked, hosts: troubled() }, signal);
    });
    return { all: total, rows: links.map(({ from, to, values }) => ({ from, to, points: times.map((at, place): [number, number | null] => [at, values[place]]) })) };
  }
}

function troubled(): string[] {
  return [...store.hosts.values()]
    .sort((a, b) => b.links.impaired - a.links.impaired || (b.links.average_latency_ms ?? 0) - (a.links.average_latency_ms ?? 0))
    .slice(0, MOST_HOSTS).map(({ host }) => host);
}
