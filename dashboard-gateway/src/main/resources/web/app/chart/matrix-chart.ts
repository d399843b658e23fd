import { HeatmapChart } from 'echarts/charts';
import { DataZoomInsideComponent, GridComponent, TooltipComponent, VisualMapPiecewiseComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { KeyMark, hasFocus } from './key-mark';
import { KeyWalk, inWords, type Way } from './key-walk';
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
  /** What stands in a cell that has room for it. */
  caption?: (value: number) => string;
  /** Whether columns are names, which are turned where they would not fit. */
  turned: boolean;
}

const LONGEST_NAME = 16;
/** Pixels: for names of hosts and of pairs, a letter, a line of them. */
const LEFT_OF_HOSTS = 116;
const LEFT_OF_PAIRS = 214;
const RIGHT = 12;
const LETTER = 6.3;
const LINE = 13;
/** Where nothing beside it says how large a cell is. */
const MARK_OF_ONE = 24;

/** Pixels of a cell that its value fits in, and the room above for names that are not turned. */
const ROOMY = [64, 30];
const ABOVE_UNTURNED = 28;
const ABOVE = 96;
const BELOW = 10;

/**
 * Values of two things held against one another, as colours. The wheel zooms, a click opens; arrow keys move from cell to cell
 * and Enter opens.
 */
export class MatrixChart {
  private drawing?: MatrixDrawing;
  private again = () => {};
  private at?: [number, number];

  private readonly chart: EChartsType;
  private readonly mark: KeyMark;
  private readonly keys: KeyWalk;
  private readonly resize: ResizeObserver;

  /** @param spoken is told in words where the keys have led */
  constructor(private readonly element: HTMLElement, private readonly opened: (column: number, row: number) => void, private readonly spoken: (text: string) => void = () => {}) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => {
      this.chart.resize();
      this.again();
    });
    this.resize.observe(element);
    this.chart.on('click', ({ data }) => opened((data as [number, number])[0], (data as [number, number])[1]));
    this.mark = new KeyMark(element);
    this.chart.on('rendered', () => this.surround());
    this.keys = new KeyWalk(element, {
      any: () => !!this.drawing?.cells.length,
      step: (way) => this.move(this.next(way)),
      first: () => this.move(this.drawing!.cells[0]),
      enter: () => this.at && this.opened(...this.at),
      focused: () => this.surround(),
      left: () => this.left(),
    });
  }

  /** The nearest cell that way, in the same row or column where there is one. */
  private next([right, down]: Way): [number, number, number] | undefined {
    const { cells } = this.drawing!;
    if (!this.at) return cells[0];
    const [column, row] = this.at;
    const ahead = cells.filter(([c, r]) => (right ? (c - column) * right > 0 : (r - row) * down > 0));
    const far = ([c, r]: [number, number, number]) => (right ? Math.abs(c - column) + 1e4 * Math.abs(r - row) : Math.abs(r - row) + 1e4 * Math.abs(c - column));
    return ahead.reduce<[number, number, number] | undefined>((best, cell) => (!best || far(cell) < far(best) ? cell : best), undefined);
  }

  private move(cell?: [number, number, number]) {
    if (!cell) return;
    this.at = [cell[0], cell[1]];
    this.point();
    this.surround();
    const { heading, rows } = this.drawing!.describe(...cell);
    this.spoken(inWords(heading, rows));
  }

  private place(): number {
    return this.drawing!.cells.findIndex(([c, r]) => c === this.at?.[0] && r === this.at?.[1]);
  }

  private point() {
    this.chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: this.place() });
  }

  /** After each drawing anew: the wheel and the size of the window move cells. */
  private surround() {
    if (!this.at || !this.drawing || !hasFocus(this.element)) return this.mark.hide();
    const [column, row] = this.at;
    const pixels = (c: number, r: number) => this.chart.convertToPixel({ seriesIndex: 0 }, [c, r]);
    const [centre, next] = [pixels(column, row), pixels(column + (column ? -1 : 1), row + (row ? -1 : 1))];
    if (!this.chart.containPixel({ gridIndex: 0 }, centre)) return this.mark.hide();
    const { columns, rows } = this.drawing;
    const side = (at: number, one: boolean) => (one ? MARK_OF_ONE : Math.abs(centre[at] - next[at]) + 2);
    this.mark.around(centre, side(0, columns.length === 1), side(1, rows.length === 1), false);
  }

  private left() {
    this.mark.hide();
    if (this.at) this.chart.dispatchAction({ type: 'hideTip' });
  }

  draw(drawing: MatrixDrawing, look: Look) {
    const { columns, rows, cells, pieces, describe, caption, turned } = drawing;
    this.drawing = drawing;
    this.again = () => this.draw(drawing, look);
    if (this.at && this.place() < 0) this.at = undefined;
    const { text, line } = { text: look.text, line: look.line };
    const short = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
    const wide = this.chart.getWidth();
    const left = turned ? LEFT_OF_HOSTS : Math.min(LEFT_OF_PAIRS, wide * 0.4);
    const longestPair = Math.floor(left / LETTER);
    // On a phone columns are narrower than a line of text: then every second or third is named.
    const named = Math.ceil((columns.length * LINE) / Math.max(1, wide - left - RIGHT));
    const tall = this.chart.getHeight() - ABOVE_UNTURNED - BELOW;
    const roomy = caption && (wide - left - RIGHT) / columns.length >= ROOMY[0] && tall / rows.length >= ROOMY[1];
    const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false } };
    this.chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: look.fontFamily, color: text },
        grid: { left, right: RIGHT, top: roomy ? ABOVE_UNTURNED : turned ? ABOVE : 10, bottom: turned ? BELOW : 26 },
        xAxis: {
          ...axis, data: columns, position: turned ? 'top' : 'bottom',
          axisLabel: { color: text, fontSize: 11, rotate: turned && !roomy ? 90 : 0, hideOverlap: true, width: roomy ? (wide - left - RIGHT) / columns.length : undefined, overflow: 'truncate', interval: turned ? named - 1 : 'auto', formatter: turned ? short : undefined },
          splitLine: { show: turned, lineStyle: { color: line } },
        },
        yAxis: { ...axis, data: rows, inverse: true, axisLabel: { color: text, fontSize: 11, hideOverlap: true, formatter: turned ? short : (name: string) => (name.length > longestPair ? `${name.slice(0, longestPair - 1)}…` : name) }, splitLine: { show: turned, lineStyle: { color: line } } },
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
        series: [{ type: 'heatmap', data: cells, progressive: 4000, itemStyle: turned ? { borderColor: look.colour('--surface'), borderWidth: 1 } : {}, label: roomy ? captions(caption, pieces) : { show: false }, emphasis: { itemStyle: { borderColor: look.colour('--text'), borderWidth: 1.5 } } }],
      },
      // At once: a key that comes before a later update would point at cells that are not there.
      { replaceMerge: ['series'] },
    );
    if (this.at && hasFocus(this.element)) this.point();
  }

  close() {
    this.resize.disconnect();
    this.keys.close();
    this.chart.dispose();
  }
}

/** Values in their cells, in whichever of black and white is easier to read there. */
function captions(caption: (value: number) => string, pieces: Piece[]) {
  const ink = (value: number) => {
    const piece = pieces.find(({ min = -Infinity, max = Infinity }) => value >= min && value < max);
    return piece && isLight(piece.colour) ? 'black' : 'white';
  };
  const style = (color: string) => ({ color, fontSize: 12, fontWeight: 600 });
  return { show: true, formatter: ({ data: [, , value] }: { data: [number, number, number] }) => `{${ink(value)}|${caption(value)}}`, rich: { black: style('#000'), white: style('#fff') } };
}

/** By the relative luminance of WCAG: above it black contrasts more than white. */
function isLight(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
