import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ChartHost } from '../chart/chart-host';
import { Look } from '../chart/look';
import type { MatrixChart } from '../chart/matrix-chart';
import { pieces } from '../chart/scale';
import { count, withUnit } from '../format';
import { address, place } from '../place/place';
import { shared } from '../ui/styles';
import type { Scale } from './latency';
import { regionOf, type Cell } from './links';

/** Beyond so many hosts, regions are held against one another first. */
export const MOST_HOSTS = 60;

interface Sum {
  total: number;
  links: number;
  worst: number;
}

/** Every host against every other, or region against region, as colours. */
@customElement('ps-link-matrix')
export class LinkMatrix extends ChartHost<MatrixChart> {
  static styles = [shared, ...ChartHost.chartHostStyles, css`:host { height: var(--matrix-height, 620px); } .box { height: 100%; cursor: pointer; }`];

  @property({ attribute: false }) cells: Cell[] = [];
  @property({ attribute: false }) scale!: Scale;
  /** name, region or worst. */
  @property() sort = 'region';
  @property({ type: Boolean }) byRegion = false;
  private names: string[] = [];

  render() {
    return html`<div class="box">${this.keyed(`${this.scale.title} between ${count(this.cells.length)} pairs; the worst follow as a table`)}</div>`;
  }

  protected async make(canvas: HTMLElement) {
    const { MatrixChart } = await import('../chart/matrix-chart');
    return new MatrixChart(canvas, (column, row) => this.open(this.names[row], this.names[column]), (text) => (this.spoken = text));
  }

  protected draw(chart: MatrixChart, canvas: HTMLElement) {
    const sums = this.sums();
    this.names = this.ordered(sums);
    const index = new Map(this.names.map((name, at) => [name, at]));
    const cells = [...sums].map(([key, { total, links }]): [number, number, number] => {
      const [from, to] = JSON.parse(key) as [string, string];
      return [index.get(to)!, index.get(from)!, total / links];
    });
    const { unit, title } = this.scale;
    chart.draw({
      columns: this.names, rows: this.names, cells, turned: true, caption: (value) => withUnit(value, unit), pieces: pieces(this.scale.steps, this.scale.lowIsBad),
      describe: (column, row, value) => {
        const sum = sums.get(JSON.stringify([this.names[row], this.names[column]]))!;
        return {
          heading: `${this.names[row]} → ${this.names[column]}`,
          rows: [{ name: sum.links > 1 ? `${title}, mean` : title, value: withUnit(value, unit) },
            ...(this.byRegion ? [{ name: 'Worst', value: withUnit(sum.worst, unit) }, { name: 'Links', value: count(sum.links) }] : [])],
        };
      },
    }, new Look(canvas));
  }

  private sums(): Map<string, Sum> {
    const sums = new Map<string, Sum>();
    for (const { from, to, value } of this.cells) {
      const key = JSON.stringify(this.byRegion ? [regionOf(from), regionOf(to)] : [from, to]);
      const sum = sums.get(key) ?? { total: 0, links: 0, worst: value };
      sum.total += value;
      sum.links += 1;
      sum.worst = this.scale.lowIsBad ? Math.min(sum.worst, value) : Math.max(sum.worst, value);
      sums.set(key, sum);
    }
    return sums;
  }

  private ordered(sums: Map<string, Sum>): string[] {
    const means = new Map<string, { total: number; links: number }>();
    for (const [key, { total, links }] of sums) {
      for (const name of JSON.parse(key) as [string, string]) {
        const mean = means.get(name) ?? { total: 0, links: 0 };
        means.set(name, { total: mean.total + total, links: mean.links + links });
      }
    }
    const byName = (a: string, b: string) => a.localeCompare(b, undefined, { numeric: true });
    const mean = (name: string) => means.get(name)!.total / means.get(name)!.links;
    return [...means.keys()].sort((a, b) => {
      if (this.sort === 'worst') return (this.scale.lowIsBad ? mean(a) - mean(b) : mean(b) - mean(a)) || byName(a, b);
      if (this.sort === 'region' && !this.byRegion) return byName(regionOf(a), regionOf(b)) || byName(a, b);
      return byName(a, b);
    });
  }

  private open(from: string, to: string) {
    if (this.byRegion) place.set({ regions: [...new Set([from, to])].join(','), by: null }, true);
    else place.go(address.link(from, to));
  }
}
