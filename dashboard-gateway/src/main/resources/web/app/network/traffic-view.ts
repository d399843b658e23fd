import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, type Series } from '../api';
import '../chart/time-plot';
import { SERIES_COLOURS, type PlotLine } from '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { metricName, unitOf } from '../format';
import { store } from '../live/live';
import { Placed } from '../place/place';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

const POINTS = 300;
/** Of all links together: the mean, and what 95 % stay under. */
const OF_LINKS = ['latency_ms', 'packet_loss', 'jitter_ms', 'bandwidth_mbps'];
/** Of the hosts where it is highest now. */
const OF_HOSTS = ['network_out_bytes_per_second', 'network_in_bytes_per_second', 'error_rate'];

/** Bandwidth, errors and quality of the network over time. */
@customElement('ps-traffic-view')
export class TrafficView extends LitElement {
  static styles = [shared, pageStyles, css`.columns { grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); } ps-time-plot { --plot-height: 190px; }`];

  private readonly links = new Loaded<Map<string, PlotLine[]>>(this, () => timeRange.key, (signal) => this.loadLinks(signal), () => timeRange.every);
  private readonly hosts = new Loaded<Map<string, PlotLine[]>>(this, () => `${timeRange.key}|${store.hosts.size > 0}`, (signal) => this.loadHosts(signal), () => timeRange.every);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    return html`<div class="columns">
      ${OF_HOSTS.slice(0, 2).map((field) => this.plot(field, this.hosts, 'highest hosts'))}
      ${['packet_loss', 'latency_ms'].map((metric) => this.plot(metric, this.links, 'all links'))}
      ${this.plot('error_rate', this.hosts, 'highest hosts')}
      ${this.plot('connection_failures', this.hosts, 'a second, highest hosts')}
      ${['bandwidth_mbps', 'jitter_ms'].map((metric) => this.plot(metric, this.links, 'all links'))}
    </div>`;
  }

  private plot(metric: string, from: Loaded<Map<string, PlotLine[]>>, note: string) {
    return html`<ps-time-plot heading=${metricName(metric)} note=${note} .unit=${unitOf(metric)} .lines=${from.value?.get(metric) ?? []} .loading=${from.loading && !from.value}
      empty=${from.error?.message ?? 'Nobody sent this in this time.'}></ps-time-plot>`;
  }

  private async loadLinks(signal: AbortSignal): Promise<Map<string, PlotLine[]>> {
    const { from, to } = timeRange.now();
    const ask = (aggregate: string) => api.series({ metrics: OF_LINKS, kind: 'connection', group_by: 'none', aggregate, from: Math.round(from), to: Math.round(to), max_points: POINTS }, signal);
    const [mean, high] = await Promise.all([ask('avg'), ask('p95')]);
    const named = (name: string, series: Series[]) => series.map(({ metric, points }) => ({ metric, line: { name, points } }));
    return gathered([...named('mean', mean.series), ...named('95 % stay under', high.series)]);
  }

  private async loadHosts(signal: AbortSignal): Promise<Map<string, PlotLine[]>> {
    const { from, to } = timeRange.now();
    const highest = (field: string) => [...store.hosts.values()].filter(({ fields }) => fields[field] !== undefined)
      .sort((a, b) => b.fields[field] - a.fields[field]).slice(0, SERIES_COLOURS).map(({ host }) => host);
    const ask = async (metric: string, aggregate: string) => {
      const hosts = highest(metric);
      if (!hosts.length) return [];
      const { series } = await api.series({ metrics: metric, hosts, kind: 'host', group_by: 'host', aggregate, from: Math.round(from), to: Math.round(to), max_points: POINTS }, signal);
      return series.map(({ host, points }) => ({ metric, line: { name: host ?? '', points } }));
    };
    const answers = await Promise.all([...OF_HOSTS.map((metric) => ask(metric, 'avg')), ask('connection_failures', 'rate')]);
    return gathered(answers.flat());
  }
}

function gathered(lines: { metric: string; line: PlotLine }[]): Map<string, PlotLine[]> {
  const byMetric = new Map<string, PlotLine[]>();
  for (const { metric, line } of lines) byMetric.set(metric, [...(byMetric.get(metric) ?? []), line]);
  return byMetric;
}
