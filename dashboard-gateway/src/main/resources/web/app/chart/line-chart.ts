import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Line {
  name: string;
  colour: string;
  points: [number, number | null][];
}

export interface Look {
  text: string;
  line: string;
  fontFamily: string;
}

export interface Extent {
  from: number;
  to: number;
  /** Where the scale ends at most; percentages end at 100. */
  top?: number;
}

/** A value further away than this says nothing about the moment that is pointed at. */
const NEAR_MS = 60_000;

/** The only place that knows ECharts: lines over time on a canvas. */
export class TimeChart {
  private readonly chart: EChartsType;
  private readonly resize: ResizeObserver;
  private lines: Line[] = [];

  /** @param format a value with its unit */
  constructor(element: HTMLElement, private readonly format: (value: number) => string) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(element);
  }

  draw(lines: Line[], extent: Extent, look: Look) {
    this.lines = lines;
    this.chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: look.fontFamily, color: look.text },
        grid: { left: 44, right: 14, top: 12, bottom: 24 },
        xAxis: {
          type: 'time', min: extent.from, max: extent.to,
          axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, splitLine: { show: false },
          axisLabel: { color: look.text, fontSize: 11, hideOverlap: true, formatter: '{HH}:{mm}' },
          minInterval: 60_000, splitNumber: 6,
        },
        yAxis: {
          type: 'value', min: 0, max: extent.top, splitNumber: 4, interval: extent.top ? extent.top / 4 : undefined,
          axisLabel: { color: look.text, fontSize: 11, formatter: (value: number) => this.format(value).replace('.0 ', ' ') },
          splitLine: { lineStyle: { color: look.line } },
        },
        tooltip: {
          trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: 'transparent', borderWidth: 0, padding: 0,
          shadowColor: 'transparent',
          axisPointer: { type: 'line', triggerEmphasis: false, lineStyle: { color: look.text, type: 'solid', width: 1, opacity: 0.5 } },
          formatter: (marks: unknown) => this.tooltip((marks as { axisValue: number }[])[0]?.axisValue ?? 0),
        },
        series: lines.map(({ name, colour, points }) => ({
          id: name, name, type: 'line', data: points, showSymbol: false, connectNulls: false, smooth: false,
          lineStyle: { width: 1.6, color: colour }, itemStyle: { color: colour },
          emphasis: { focus: 'series', lineStyle: { width: 2.4 } }, blur: { lineStyle: { opacity: 0.18 } },
        })),
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

  /**
   * Every line's value at that moment, though each host reports at its own. Built as elements: markup with inline styles
   * would be refused by the page's content policy.
   */
  private tooltip(at: number): HTMLElement {
    const box = document.createElement('div');
    box.className = 'tooltip';
    const time = document.createElement('div');
    time.className = 'time';
    time.textContent = new Date(at).toLocaleTimeString(undefined, { hour12: false });
    box.append(time);
    const marks = this.lines
      .map(({ name, colour, points }) => ({ name, colour, value: nearest(points, at) }))
      .filter((mark): mark is Mark => mark.value !== null)
      .sort((a, b) => b.value - a.value);
    for (const mark of marks) {
      const row = document.createElement('div');
      row.className = 'row';
      const key = document.createElement('i');
      key.style.background = mark.colour;
      const name = document.createElement('span');
      name.textContent = mark.name;
      const value = document.createElement('b');
      value.textContent = this.format(mark.value);
      row.append(key, name, value);
      box.append(row);
    }
    return box;
  }
}

interface Mark {
  name: string;
  colour: string;
  value: number;
}

/** @param points in order of time */
function nearest(points: [number, number | null][], at: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] < at) low = middle + 1;
    else high = middle;
  }
  const around = [points[low - 1], points[low]].filter((point) => point !== undefined && point[1] !== null);
  const best = around.sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0];
  return best !== undefined && Math.abs(best[0] - at) <= NEAR_MS ? best[1] : null;
}
