import { HeatmapChart } from 'echarts/charts';
import { DataZoomInsideComponent, GridComponent, TooltipComponent, VisualMapPiecewiseComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { bareTooltip, tooltip, type Look } from './look';
import type { Piece } from './scale';

use([HeatmapChart, GridComponent, TooltipComponent, VisualMapPiecewiseComponent, DataZoomInsideComponent, CanvasRenderer]);

export interface MatrixDrawing {
  columns: string[];
  rows: string[];
  /** Column, row, value. */
  cells: [number, number, number][];
  pieces: Piece[];
  /** What stands over the rows of the tooltip, and the value. */
  describe: (column: number, row: number, value: number) => { heading: string; rows: { name: string; value: string }[] };
  /** Whether columns are names, which are turned so that they fit. */
  turned: boolean;
}

const LONGEST_NAME = 16;
const LONGEST_PAIR = 34;

/** Values of two things held against one another, as colours. The wheel zooms, a click opens. */
export class MatrixChart {
  private readonly chart: EChartsType;
  private readonly resize: ResizeObserver;

  constructor(element: HTMLElement, opened: (column: number, row: number) => void) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(element);
    this.chart.on('click', ({ data }) => opened((data as [number, number])[0], (data as [number, number])[1]));
  }

  draw({ columns, rows, cells, pieces, describe, turned }: MatrixDrawing, look: Look) {
    const { text, line } = { text: look.text, line: look.line };
    const short = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
    const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false } };
    this.chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: look.fontFamily, color: text },
        grid: { left: turned ? 116 : 214, right: 12, top: turned ? 96 : 10, bottom: turned ? 10 : 26 },
        xAxis: {
          ...axis, data: columns, position: turned ? 'top' : 'bottom',
          axisLabel: { color: text, fontSize: 11, rotate: turned ? 90 : 0, hideOverlap: true, formatter: turned ? short : undefined },
          splitLine: { show: turned, lineStyle: { color: line } },
        },
        yAxis: { ...axis, data: rows, inverse: true, axisLabel: { color: text, fontSize: 11, hideOverlap: true, formatter: turned ? short : (name: string) => (name.length > LONGEST_PAIR ? `${name.slice(0, LONGEST_PAIR - 1)}…` : name) }, splitLine: { show: turned, lineStyle: { color: line } } },
        visualMap: { type: 'piecewise', show: false, dimension: 2, pieces: pieces.map(({ min, max, colour }) => ({ gte: min, lt: max, color: colour })) },
        dataZoom: turned ? [{ type: 'inside', xAxisIndex: 0 }, { type: 'inside', yAxisIndex: 0 }] : [],
        tooltip: {
          ...bareTooltip,
          formatter: (mark: unknown) => {
            const [column, row, value] = (mark as { data: [number, number, number] }).data;
            const { heading, rows: lines } = describe(column, row, value);
            return tooltip(heading, lines);
          },
        },
        series: [{ type: 'heatmap', data: cells, progressive: 4000, itemStyle: turned ? { borderColor: look.colour('--surface'), borderWidth: 1 } : {}, emphasis: { itemStyle: { borderColor: look.colour('--text'), borderWidth: 1.5 } } }],
      },
      { replaceMerge: ['series'], lazyUpdate: true },
    );
  }

  close() {
    this.resize.disconnect();
    this.chart.dispose();
  }
}
