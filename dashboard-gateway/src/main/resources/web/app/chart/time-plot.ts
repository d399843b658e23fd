import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { timeRange, type Stretch } from '../data/time-range';
import { decimal, withUnit, type Unit } from '../format';
import { saveCsv } from '../ui/csv';
import { shared } from '../ui/styles';
import { onThemeChange } from '../ui/theme';
import type { TimeChart } from './line-chart';
import { Look, SERIES_COLOURS, chartStyles, seriesColour } from './look';

export interface PlotLine {
  name: string;
  points: [number, number | null][];
  /** A variable of the theme; without it the line's place decides. */
  colour?: string;
}

export interface PlotLimit {
  value: number;
  name: string;
  tone: string;
}

export interface PlotBand {
  from: number;
  to: number;
  tone: string;
}

const COUNTED = new Set<Unit>(['none', 'count']);

/** Two longer ones find no room beside one another on a phone. */
const LONG_NAME = 14;

/** Percentiles from sketches are a percent off at most. */
const ALL_OF_IT = 101;

/** Lines over time in a panel, with a legend that says the newest values. A drag zooms the page's time. */
@customElement('ps-time-plot')
export class TimePlot extends LitElement {
  static styles = [
    shared,
    chartStyles,
    css`
      .panel > header { min-height: 40px; padding-block: 6px; }
      .plot { position: relative; height: var(--plot-height, 200px); padding: 4px 4px 0; }
      .canvas { width: 100%; height: 100%; cursor: crosshair; }
      .drag { display: none; position: absolute; top: 12px; bottom: 24px; background: var(--accent); opacity: 0.16; pointer-events: none; }
      .waiting { position: absolute; inset: 0; display: grid; place-items: center; padding: 0 20px; text-align: center; pointer-events: none; }
      .legend { display: grid; grid-template-columns: repeat(auto-fill, minmax(168px, 1fr)); gap: 0 14px; padding: 4px 14px 12px; }
      .legend.one { display: none; }
      .legend li { display: flex; align-items: center; gap: 8px; padding: 2px 6px; margin: 0 -6px; border-radius: 5px; font-size: 12px; cursor: default; }
      .legend li:hover { background: var(--raised); }
      .legend span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--text-soft); }
      .legend b { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
      i { flex: none; width: 10px; height: 3px; border-radius: 2px; }
      .s1 { background: var(--series-1); } .s2 { background: var(--series-2); } .s3 { background: var(--series-3); } .s4 { background: var(--series-4); }
      .s5 { background: var(--series-5); } .s6 { background: var(--series-6); } .s7 { background: var(--series-7); } .s8 { background: var(--series-8); }
      .now { font-weight: 600; font-variant-numeric: tabular-nums; }
      .bare > header { display: flex; align-items: center; gap: 10px; padding: 10px 14px 0; }
      .csv { height: 24px; padding: 0 8px; font-size: 12px; color: var(--text-soft); border-color: transparent; background: none; }
      @media (max-width: 640px) { .csv { display: none; } .legend { grid-template-columns: repeat(2, minmax(0, 1fr)); } .legend.long { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @property() heading = '';
  @property() note = '';
  @property() unit: Unit = 'none';
  @property({ attribute: false }) lines: PlotLine[] = [];
  @property({ attribute: false }) limits: PlotLimit[] = [];
  @property({ attribute: false }) bands: PlotBand[] = [];
  @property({ attribute: false }) stretch?: Stretch;
  @property({ type: Boolean }) loading = false;
  @property({ type: Boolean }) stacked = false;
  /** Without the frame of a panel, for those that have one. */
  @property({ type: Boolean }) bare = false;
  @property() empty = 'Nothing was measured in this time.';
  @query('.canvas') private canvas!: HTMLElement;
  @state() private chart?: TimeChart;
  private forgetTheme?: () => void;

  render() {
    const any = this.lines.some(({ points }) => points.length);
    const only = this.lines.length === 1 ? this.lines[0] : undefined;
    return html`<section class="${this.bare ? 'bare' : 'panel'}" aria-label=${this.heading}>
      ${this.heading ? html`<header><h2>${this.heading}</h2><span class="count">${this.note}</span><span class="push"></span>
        ${only ? html`<span class="now">${this.value(newest(only))}</span>` : nothing}
        ${any ? html`<button class="button csv" @click=${this.save} title="These points as CSV" aria-label="CSV of ${this.heading}">CSV</button>` : nothing}</header>` : nothing}
      <div class="plot" role="img" aria-label="${this.heading} over time, ${this.lines.length} lines${only ? `, now ${this.value(newest(only))}` : ''}">
        <div class="canvas"></div>
        ${any ? nothing : html`<p class="waiting faint">${this.loading ? 'Loading …' : this.empty}</p>`}
      </div>
      <ul class="legend ${this.lines.length > 1 ? '' : 'one'} ${this.lines.some(({ name }) => name.length > LONG_NAME) ? 'long' : ''}">${this.lines.map((line, place) => html`
        <li @mouseenter=${() => this.chart?.highlight(line.name)} @mouseleave=${() => this.chart?.highlight(null)}>
          <i class=${(line.colour ?? seriesColour(place)).replace('--series-', 's')}></i><span title=${line.name}>${line.name}</span><b>${this.value(newest(line))}</b>
        </li>`)}</ul>
    </section>`;
  }

  protected async firstUpdated() {
    // A quarter of the script; numbers should not wait for it.
    const { TimeChart } = await import('./line-chart');
    if (!this.isConnected || this.chart) return;
    this.chart = new TimeChart(this.canvas, (value) => this.value(value), (from, to) => timeRange.zoom({ from, to }));
    this.forgetTheme = onThemeChange(() => this.draw());
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) void this.firstUpdated();
  }

  protected updated() {
    this.draw();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme?.();
    this.chart?.close();
    this.chart = undefined;
  }

  private draw() {
    if (!this.chart) return;
    const look = new Look(this.canvas);
    const stretch = this.stretch ?? timeRange.now();
    const highest = Math.max(0, ...this.lines.map(({ points }) => points.reduce((most, [, value]) => Math.max(most, value ?? 0), 0)));
    this.chart.draw(
      {
        lines: this.lines.map(({ name, points, colour }, place) => ({ name, points, colour: look.colour(colour ?? seriesColour(place)) })),
        // Shares end at 100 only where they come near it: a loss of 2 % should be seen.
        extent: { ...stretch, top: this.unit === 'percent' && highest > 35 && highest <= ALL_OF_IT ? 100 : undefined },
        limits: this.limits.map(({ value, name, tone }) => ({ value, name, colour: look.colour(`--${tone}`) })),
        bands: this.bands.map(({ from, to, tone }) => ({ from, to, colour: look.colour(`--${tone}-fill`) })),
        stacked: this.stacked,
        whole: COUNTED.has(this.unit) && this.lines.every(({ points }) => points.every(([, value]) => value === null || Number.isInteger(value))),
      },
      look,
    );
  }

  private value(value: number | null | undefined): string {
    return this.unit === 'none' || this.unit === 'count' ? decimal(value) : withUnit(value, this.unit);
  }

  private save() {
    const rows = this.lines.flatMap(({ name, points }) => points.map(([at, value]) => [new Date(at).toISOString(), name, value]));
    saveCsv(this.heading.toLowerCase().replaceAll(/\W+/g, '-'), ['time', 'series', 'value'], rows as (string | number | null)[][]);
  }
}

function newest({ points }: PlotLine): number | null {
  for (let at = points.length - 1; at >= 0; at--) if (points[at][1] !== null) return points[at][1];
  return null;
}

export { SERIES_COLOURS };
