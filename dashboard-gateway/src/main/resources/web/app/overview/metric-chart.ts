import { LitElement, css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { TimeChart } from '../chart/line-chart';
import { Look, chartStyles, seriesColour } from '../chart/look';
import { metricName, unitOf, withUnit } from '../format';
import { Live, store } from '../live/live';
import '../ui/segmented';
import { idle } from '../ui/idle';
import { shared } from '../ui/styles';
import { onThemeChange } from '../ui/theme';
import { MOST_LINES, MetricLines } from './metric-lines';

const METRICS = ['cpu_usage', 'memory_usage', 'player_count'].map((value) => ({ value, label: metricName(value) }));
const RANGES = [
  { value: '5', label: '5 min' },
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
];
/** Often enough to follow a change, seldom enough that lines do not flicker in and out. */
const CHOOSE_MS = 10_000;

const SHORTEST_MS = 120_000;
/** A redraw costs more than all else on the page, and in a second the lines move by a pixel. */
const REDRAW_MS = 950;

/** One metric over time on the hosts where it is highest; grows at the right edge as frames come. */
@customElement('ps-metric-chart')
export class MetricChart extends LitElement {
  static styles = [
    shared,
    chartStyles,
    css`
      .panel > header { flex-wrap: wrap; }
      .plot { position: relative; height: 268px; padding: 6px 4px 0; }
      .canvas { width: 100%; height: 100%; }
      .waiting { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none; }
      .legend { display: grid; grid-template-columns: repeat(auto-fill, minmax(168px, 1fr)); gap: 0 14px; padding: 4px 14px 12px; }
      .legend li { display: flex; align-items: center; gap: 8px; padding: 2px 6px; margin: 0 -6px; border-radius: 5px; font-size: 12px; cursor: default; }
      .legend li:hover { background: var(--raised); }
      .legend span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--text-soft); }
      .legend b { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
      i { flex: none; width: 10px; height: 3px; border-radius: 2px; }
      .s1 { background: var(--series-1); } .s2 { background: var(--series-2); } .s3 { background: var(--series-3); } .s4 { background: var(--series-4); }
      .s5 { background: var(--series-5); } .s6 { background: var(--series-6); } .s7 { background: var(--series-7); } .s8 { background: var(--series-8); }

      @media (max-width: 640px) {
        .plot { height: 210px; }
        .push { margin-left: 0; }
        .legend { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
    `,
  ];

  @state() private metric = 'cpu_usage';
  @state() private minutes = '15';
  @query('.canvas') private canvas!: HTMLElement;

  private source = new MetricLines(this.metric, () => this.changed());
  private chart?: TimeChart;
  private chosenAt = 0;
  private fetched = false;
  private drawnAt = -Infinity;
  /** Out of sight nothing is drawn. */
  private seen = false;
  private readonly sight = new IntersectionObserver(([entry]) => {
    this.seen = entry.isIntersecting;
    if (this.seen) this.draw();
  });
  private forgetTheme?: () => void;

  constructor() {
    super();
    new Live(this, { of: ['hosts'], ticks: true, changed: () => this.follow() });
  }

  render() {
    const lines = this.source.lines();
    const unit = unitOf(this.metric);
    return html`<section class="panel" aria-labelledby="chart">
      <header>
        <h2 id="chart">${metricName(this.metric)} by host</h2>
        <span class="count">${store.hosts.size > MOST_LINES ? `highest ${MOST_LINES}` : ''}</span>
        <ps-segmented class="push" label="Metric" .choices=${METRICS} .value=${this.metric} @choose=${this.chooseMetric}></ps-segmented>
        <ps-segmented label="Time range" .choices=${RANGES} .value=${this.minutes}
          @choose=${(event: CustomEvent<string>) => this.changed(() => (this.minutes = event.detail))}></ps-segmented>
      </header>
      <div class="plot" role="img" aria-label="${metricName(this.metric)} of ${lines.length} hosts over the last ${this.minutes} minutes; the values now follow as a list">
        <div class="canvas"></div>
        ${lines.length ? '' : html`<p class="waiting faint">No host reports ${metricName(this.metric)} yet.</p>`}
      </div>
      <ul class="legend">${lines.map(({ host, place }) => html`
        <li @mouseenter=${() => this.chart?.highlight(host)} @mouseleave=${() => this.chart?.highlight(null)}>
          <i class="s${place + 1}"></i><span title=${host}>${host}</span><b>${withUnit(store.hosts.get(host)?.fields[this.metric], unit)}</b>
        </li>`)}</ul>
    </section>`;
  }

  protected updated() {
    if (!this.fetched && store.hosts.size) void this.begin();
    if (performance.now() - this.drawnAt >= REDRAW_MS) this.draw();
  }

  /** Most of the page's script; what is to be read does not wait for it. */
  private async begin() {
    this.fetched = true;
    await idle();
    const { TimeChart } = await import('../chart/line-chart');
    if (!this.isConnected) return;
    this.chart = new TimeChart(this.canvas, (value) => withUnit(value, unitOf(this.metric)));
    this.forgetTheme = onThemeChange(() => this.draw());
    this.sight.observe(this.canvas);
    this.follow();
    this.changed();
  }

  /** Drawn with the next update, however short the last was ago. */
  private changed(how?: () => void) {
    how?.();
    this.drawnAt = -Infinity;
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme?.();
    this.sight.disconnect();
    this.chart?.close();
    this.chart = undefined;
  }

  private follow() {
    store.changedHosts.forEach((host) => this.source.append(host));
    if (Date.now() - this.chosenAt > CHOOSE_MS || this.source.lines().length < Math.min(MOST_LINES, store.hosts.size)) {
      this.chosenAt = Date.now();
      this.source.choose(store.hosts.values());
    }
  }

  private chooseMetric(event: CustomEvent<string>) {
    this.metric = event.detail;
    this.source = new MetricLines(this.metric, () => this.changed());
    this.source.choose(store.hosts.values());
    this.changed();
  }

  private draw() {
    if (!this.chart || !this.seen) return;
    this.drawnAt = performance.now();
    const to = store.now();
    // A network that is younger than the range fills the plot instead of a sliver at its right edge.
    const first = Math.min(...this.source.lines().map(({ points }) => points[0]?.[0] ?? to));
    const from = Math.max(to - Number(this.minutes) * 60_000, Math.min(first, to - SHORTEST_MS));
    const look = new Look(this.canvas);
    this.chart.draw(
      {
        lines: this.source.lines().map(({ host, place, points }) => ({ name: host, colour: look.colour(seriesColour(place)), points })),
        extent: { from, to, top: unitOf(this.metric) === 'percent' ? 100 : undefined },
      },
      look,
    );
  }
}
