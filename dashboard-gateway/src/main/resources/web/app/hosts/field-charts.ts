import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, quoted, type Series } from '../api';
import '../chart/time-plot';
import { isCounter, moves, ofLinks, rateUnit } from '../data/fields';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { metricName, unitOf } from '../format';
import { Placed } from '../place/place';
import '../ui/empty';
import { shared } from '../ui/styles';

/** As many as one question may name. */
const AT_ONCE = 50;
const POINTS = 300;

/** A chart of each field that a host sends; of counters, how fast they grow. */
@customElement('ps-field-charts')
export class FieldCharts extends LitElement {
  static styles = [shared, css`
    .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 12px; }
    ps-time-plot { --plot-height: 150px; content-visibility: auto; contain-intrinsic-size: auto 200px; }`];

  @property() name = '';
  @property({ attribute: false }) fields: string[] = [];

  private readonly history = new Loaded<Series[]>(
    this,
    () => (this.fields.length ? `${this.name}|${timeRange.key}|${this.fields.length}` : null),
    async (signal) => {
      const { from, to } = timeRange.now();
      const moving = this.fields.filter(moves).slice(0, AT_ONCE);
      const asked = { hosts: this.name, kind: 'host', group_by: 'host', from: Math.round(from), to: Math.round(to), max_points: POINTS };
      const ask = async (metrics: string[], aggregate: string) => (metrics.length ? (await api.series({ ...asked, metrics: metrics.map(quoted), aggregate }, signal)).series : []);
      const [gauges, counters] = await Promise.all([ask(moving.filter((field) => !isCounter(field)), 'avg'), ask(moving.filter(isCounter), 'rate')]);
      return [...gauges, ...counters];
    },
    () => timeRange.every,
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.history;
    if (error && !value) return html`<ps-empty heading="The charts could not be read" text=${error.message}></ps-empty>`;
    if (!this.fields.length) return html`<ps-empty heading="This host sent no field of its own" text="Links and maps may still know of it."></ps-empty>`;
    const byField = new Map((value ?? []).map((series) => [series.metric, series.points]));
    return html`<div class="charts">${this.fields.filter((field) => moves(field) && (byField.has(field) || !ofLinks(field))).map((field) => html`
      <ps-time-plot heading=${metricName(field) + (isCounter(field) ? ' a second' : '')} .unit=${isCounter(field) ? rateUnit(field) : unitOf(field)} .loading=${loading && !value}
        .lines=${byField.has(field) ? [{ name: field, points: byField.get(field)! }] : []}></ps-time-plot>`)}</div>`;
  }
}
