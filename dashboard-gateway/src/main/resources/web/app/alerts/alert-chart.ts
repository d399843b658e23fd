import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, labelled, quoted, type History } from '../api';
import '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { timeRange, type Stretch } from '../data/time-range';
import { metricName, unitOf, withUnit } from '../format';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import { Placed, place } from '../place/place';
import { shared } from '../ui/styles';
import { isOpen } from './words';

const BEFORE_MS = 20 * 60_000;
const AFTER_MS = 10 * 60_000;
const REFRESH_MS = 5_000;
const POINTS = 400;

/** What was measured around an alert, against the limit it crossed. */
@customElement('ps-alert-chart')
export class AlertChart extends LitElement {
  static styles = [shared, css`:host { position: relative; --plot-height: 250px; } .whole { position: absolute; right: 70px; top: 7px; height: 26px; font-size: 12px; }`];

  @property({ attribute: false }) alert!: Alert;

  private readonly history = new Loaded<History>(
    this,
    () => (this.chartable() ? `${this.alert.id}|${this.alert.resolved_at}|${timeRange.fixed ? timeRange.key : ''}` : null),
    (signal) => {
      const { from, to } = this.stretch();
      const { kind, labels } = this.alert.subject;
      return api.series({
        metrics: quoted(this.alert.metric), kind, hosts: this.alert.host, from: Math.round(from), to: Math.round(to), max_points: POINTS,
        labels: kind === 'host' ? null : Object.entries(labels).map(([name, value]) => labelled(name, value)),
        group_by: 'host',
      }, signal);
    },
    () => (isOpen(this.alert) && !timeRange.fixed ? REFRESH_MS : 0),
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { alert } = this;
    if (!this.chartable()) return nothing;
    const unit = unitOf(alert.metric);
    return html`<ps-time-plot heading=${metricName(alert.metric)} .unit=${unit} .stretch=${this.stretch()} .loading=${this.history.loading}
        .lines=${(this.history.value?.series ?? []).map(({ points }) => ({ name: metricName(alert.metric), points }))}
        .limits=${alert.threshold === null ? [] : [{ value: alert.threshold, name: `limit ${withUnit(alert.threshold, unit)}`, tone: alert.severity }]}
        .bands=${[{ from: Date.parse(alert.started_at), to: alert.resolved_at ? Date.parse(alert.resolved_at) : store.now(), tone: alert.severity === 'info' ? 'accent' : alert.severity }]}
        empty="The samples of this time are no longer kept."></ps-time-plot>
      ${timeRange.fixed ? html`<button class="button whole" @click=${() => place.set({ from: null, to: null })}>Whole alert</button>` : nothing}`;
  }

  private chartable(): boolean {
    return this.alert.host !== '*' && /^\w+$/.test(this.alert.metric);
  }

  private stretch(): Stretch {
    if (timeRange.fixed) return timeRange.fixed;
    const from = Date.parse(this.alert.started_at) - BEFORE_MS;
    const end = this.alert.resolved_at ? Date.parse(this.alert.resolved_at) + AFTER_MS : store.now();
    return { from, to: Math.min(end, store.now()) };
  }
}
