import { css, html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ChartHost } from '../chart/chart-host';
import { Look } from '../chart/look';
import type { MatrixChart } from '../chart/matrix-chart';
import { pieces } from '../chart/scale';
import { moment, withUnit } from '../format';
import { address, place } from '../place/place';
import { shared } from '../ui/styles';
import type { Scale } from './latency';

export interface HeatRow {
  from: string;
  to: string;
  points: [number, number | null][];
}

/** Links over time as colours. */
@customElement('ps-heat-chart')
export class HeatChart extends ChartHost<MatrixChart> {
  static styles = [shared, ...ChartHost.chartHostStyles, css`.box { cursor: pointer; }`];

  @property({ attribute: false }) rows: HeatRow[] = [];
  @property({ attribute: false }) scale!: Scale;

  render() {
    return html`<div class="box">${this.keyed(`${this.scale.title} of ${this.rows.length} links over time`)}</div>`;
  }

  protected async make(canvas: HTMLElement) {
    const { MatrixChart } = await import('../chart/matrix-chart');
    return new MatrixChart(canvas, (_, row) => place.go(address.link(this.rows[row].from, this.rows[row].to)), (text) => (this.spoken = text));
  }

  protected updated(changed: PropertyValues) {
    // A row stays readable however many there are.
    this.canvas.style.height = `${44 + this.rows.length * 17}px`;
    super.updated(changed);
  }

  protected draw(chart: MatrixChart, canvas: HTMLElement) {
    const times = [...new Set(this.rows.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
    const index = new Map(times.map((at, place) => [at, place]));
    const long = (times.at(-1) ?? 0) - (times[0] ?? 0) > 86_400_000;
    const short = times.some((at, place) => place > 0 && at - times[place - 1] < 60_000);
    const labels = times.map((at) => (long ? moment(at) : new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', second: short ? '2-digit' : undefined, hourCycle: 'h23' })));
    const names = this.rows.map(({ from, to }) => `${from} → ${to}`);
    chart.draw({
      columns: labels, rows: names, turned: false, pieces: pieces(this.scale.steps, this.scale.lowIsBad),
      cells: this.rows.flatMap(({ points }, row) => points.flatMap(([at, value]): [number, number, number][] => (value === null ? [] : [[index.get(at)!, row, value]]))),
      describe: (column, row, value) => ({ heading: names[row], rows: [{ name: moment(times[column], short), value: withUnit(value, this.scale.unit) }] }),
    }, new Look(canvas));
  }
}
