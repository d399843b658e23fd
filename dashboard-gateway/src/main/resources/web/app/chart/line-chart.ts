import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { bareTooltip, tooltip, type Look } from './look';

use([LineChart, BarChart, GridComponent, TooltipComponent, MarkLineComponent, MarkAreaComponent, CanvasRenderer]);

export interface Line {
  name: string;
  colour: string;
  points: [number, number | null][];
}

export interface Extent {
  from: number;
  to: number;
  /** Where the scale ends at most; percentages end at 100. */
  top?: number;
}

/** A line across at a value that matters. */
export interface Limit {
  value: number;
  name: string;
  colour: string;
}

/** A stretch of time that is set off from the rest. */
export interface Band {
  from: number;
  to: number;
  colour: string;
}

export interface Drawing {
  lines: Line[];
  extent: Extent;
  limits?: Limit[];
  bands?: Band[];
  stacked?: boolean;
  /** Only whole values: the scale has no others either. */
  whole?: boolean;
}

/** A value further away than this share of what is shown says nothing about the moment that is pointed at. */
const NEAR = 1 / 40;
const NEAR_MS = 60_000;
/** A shorter pause is none. */
const GAP_MS = 45_000;
const DAY_MS = 86_400_000;
/** A shorter drag is a click. */
const DRAG_PIXELS = 6;
const GRID = { left: 52, right: 14, top: 12, bottom: 24 };

/** Lines over time on a canvas; a drag over them chooses a stretch of time. */
export class TimeChart {
  private readonly chart: EChartsType;
  private readonly resize: ResizeObserver;
  private drawing: Drawing = { lines: [], extent: { from: 0, to: 1 } };
  private dragFrom: number | null = null;

  /** @param format a value with its unit */
  constructor(
    private readonly element: HTMLElement,
    private readonly format: (value: number) => string,
    private readonly zoomed?: (from: number, to: number) => void,
  ) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(element);
    if (zoomed) this.watchDrags();
  }

  draw(drawing: Drawing, look: Look) {
    this.drawing = drawing;
    const { lines, extent, limits = [], bands = [], stacked, whole } = drawing;
    const { text, line } = { text: look.text, line: look.line };
    const long = extent.to - extent.from > DAY_MS * 1.5;
    const top = Math.max(...limits.map(({ value }) => value), 0);
    this.chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: look.fontFamily, color: text },
        grid: GRID,
        xAxis: {
          type: 'time', min: extent.from, max: extent.to,
          axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, splitLine: { show: false },
          axisLabel: { color: text, fontSize: 11, hideOverlap: true, formatter: long ? '{MMM} {d} {HH}:{mm}' : '{HH}:{mm}' },
          minInterval: 60_000, splitNumber: long ? 4 : 6,
        },
        yAxis: {
          type: 'value', min: 0, splitNumber: 4, minInterval: whole ? 1 : undefined,
          max: extent.top ?? (top ? ({ max }: { max: number }) => (max >= top ? null : top * 1.15) : undefined),
          interval: extent.top ? extent.top / 4 : undefined,
          axisLabel: { color: text, fontSize: 11, formatter: (value: number) => this.format(value).replace(/\.0+ /, ' ') },
          splitLine: { lineStyle: { color: line } },
        },
        tooltip: {
          trigger: 'axis', ...bareTooltip,
          axisPointer: { type: 'line', triggerEmphasis: false, lineStyle: { color: text, type: 'solid', width: 1, opacity: 0.5 } },
          formatter: (marks: unknown) => this.tooltip((marks as { axisValue: number }[])[0]?.axisValue ?? 0),
        },
        series: [
          ...lines.map(({ name, colour, points }) => ({
            id: name, name, type: 'line', data: withGaps(points), showSymbol: points.length === 1, symbolSize: 4, connectNulls: false, smooth: false,
            stack: stacked ? 'all' : undefined, areaStyle: stacked ? { opacity: 0.25 } : undefined,
            lineStyle: { width: 1.6, color: colour }, itemStyle: { color: colour },
            emphasis: { focus: 'series', lineStyle: { width: 2.4 } }, blur: { lineStyle: { opacity: 0.18 } },
          })),
          {
            id: ' marks', type: 'line', data: [[extent.from, null], [extent.to, null]], silent: true, showSymbol: false,
            markLine: {
              symbol: 'none', silent: true, animation: false,
              data: limits.map(({ value, name, colour }) => ({
                yAxis: value, lineStyle: { color: colour, type: [5, 4], width: 1.2 },
                label: { formatter: name, position: 'insideEndTop', color: colour, fontSize: 11 },
              })),
            },
            markArea: {
              silent: true, animation: false,
              data: bands.map(({ from, to, colour }) => [
                { xAxis: Math.max(from, extent.from), itemStyle: { color: colour, opacity: 0.14 } }, { xAxis: Math.min(to, extent.to) },
              ]),
            },
          },
        ],
      },
      { replaceMerge: ['series'], lazyUpdate: true },
    );
  }

  highlight(name: string | null) {
    if (name) this.chart.dispatchAction({ type: 'highlight', seriesName: name });
    else this.chart.dispatchAction({ type: 'downplay' });
  }

  close() {
    this.resize.disconnect();
    this.chart.dispose();
  }

  /** Every line's value at that moment, though each host reports at its own. */
  private tooltip(at: number): HTMLElement {
    const { lines, extent } = this.drawing;
    const near = Math.max(NEAR_MS, (extent.to - extent.from) * NEAR);
    const marks = lines
      .map(({ name, colour, points }) => ({ name, colour, value: nearest(points, at, near) }))
      .filter((mark): mark is { name: string; colour: string; value: number } => mark.value !== null)
      .sort((a, b) => b.value - a.value);
    const long = extent.to - extent.from > DAY_MS;
    const time = long ? new Date(at).toLocaleString('en', { hourCycle: 'h23' }) : new Date(at).toLocaleTimeString('en', { hourCycle: 'h23' });
    return tooltip(time, marks.slice(0, 14).map(({ name, colour, value }) => ({ name, colour, value: this.format(value) })));
  }

  private watchDrags() {
    const shade = document.createElement('div');
    shade.className = 'drag';
    this.element.parentElement?.append(shade);
    const release = (event: PointerEvent) => {
      const start = this.dragFrom;
      this.dragFrom = null;
      shade.style.display = 'none';
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', release);
      if (start === null || Math.abs(this.x(event) - start) < DRAG_PIXELS) return;
      const [from, to] = [start, this.x(event)].sort((a, b) => a - b).map((x) => this.timeAt(x));
      this.zoomed!(from, to);
    };
    const move = (event: PointerEvent) => {
      if (this.dragFrom === null) return;
      const [left, right] = [this.dragFrom, this.x(event)].sort((a, b) => a - b);
      shade.style.display = right - left >= DRAG_PIXELS ? 'block' : 'none';
      shade.style.left = `${left + this.element.offsetLeft}px`;
      shade.style.width = `${right - left}px`;
    };
    this.element.addEventListener('pointerdown', (event) => {
      // A finger scrolls; it has the buttons of the time picker.
      if (event.button !== 0 || event.pointerType === 'touch') return;
      this.dragFrom = this.x(event);
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', release);
    });
  }

  private x(event: PointerEvent): number {
    const { left, width } = this.element.getBoundingClientRect();
    return Math.min(width - GRID.right, Math.max(GRID.left, event.clientX - left));
  }

  private timeAt(x: number): number {
    return Number(this.chart.convertFromPixel({ xAxisIndex: 0 }, x));
  }
}

/** A line is not drawn over a time in which nothing came: where the pause is much longer than those before it. */
function withGaps(points: Line['points']): Line['points'] {
  if (points.length < 3) return points;
  const pauses = points.slice(1).map(([at], before) => at - points[before][0]).sort((a, b) => a - b);
  const longest = Math.max(GAP_MS, pauses[pauses.length >> 1] * 4);
  return points.flatMap((point, at): Line['points'] => {
    const next = points[at + 1];
    return next && next[0] - point[0] > longest ? [point, [point[0] + 1, null]] : [point];
  });
}

/** @param points in order of time */
function nearest(points: [number, number | null][], at: number, near: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] < at) low = middle + 1;
    else high = middle;
  }
  const around = [points[low - 1], points[low]].filter((point) => point !== undefined && point[1] !== null);
  const best = around.sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0];
  return best !== undefined && Math.abs(best[0] - at) <= near ? best[1] : null;
}
