import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api';
import { isGrade, metricName, plural, span, timeOfDay, unitOf, withUnit } from '../format';
import type { Alert } from '../live/frames';
import { Live, store } from '../live/live';
import type { Transition } from '../live/live-store';
import { TRANSITION_WORDS, subjectOf, whereOf, worstFirst } from '../alerts/words';
import { HOME, address } from '../place/place';
import { mayAct } from '../session/session';
import { cells } from '../ui/cells';
import { icons, severityIcon } from '../ui/icons';
import { shared } from '../ui/styles';

/** More than that nobody works off here. */
const SHOWN_ALERTS = 30;
const SHOWN_TRANSITIONS = 8;

/** What is wrong now, worst first, with the one thing to do about it; below, what has just happened. */
@customElement('ps-alerts')
export class AlertsPanel extends LitElement {
  static styles = [
    shared,
    cells,
    css`
      .panel { display: flex; flex-direction: column; max-height: calc(100dvh - 76px); }
      .all { font-size: 12px; color: var(--text-soft); text-decoration: none; } .all:hover { color: var(--accent); }
      .scroll { overflow-y: auto; overscroll-behavior: contain; }

      .severity { margin-top: 1px; }

      .alert { display: flex; gap: 10px; padding: 11px 14px; border-bottom: 1px solid var(--line); }
      .alert.acknowledged { background: var(--hover); }
      .alert:last-child { border-bottom: 0; }
      .what { flex: 1; min-width: 0; }
      .head { display: flex; gap: 10px; align-items: baseline; }
      a.summary { color: inherit; text-decoration: none; } a.summary:hover { text-decoration: underline; }
      .summary { flex: 1; min-width: 0; font-weight: 600; overflow-wrap: anywhere; }
      time { flex: none; font-size: 12px; }
      .where { margin-top: 1px; color: var(--text-soft); font-size: 12px; overflow-wrap: anywhere; }
      .facts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-top: 7px; font-size: 12px; min-height: 24px; }
      .value b { font-weight: 600; }
      .facts .button { height: 24px; padding: 0 8px; font-size: 12px; margin-left: auto; }
      .done { display: inline-flex; align-items: center; gap: 4px; margin-left: auto; color: var(--text-soft); }
      .failed { color: var(--critical); font-size: 12px; margin-top: 4px; }

      .quiet { padding: 30px 24px; text-align: center; }
      .quiet svg { width: 26px; height: 26px; color: var(--ok); }
      .quiet b { display: block; margin: 6px 0 2px; font-weight: 600; }
      .more { padding: 8px 14px; border-bottom: 1px solid var(--line); font-size: 12px; }

      h3 { padding: 10px 14px 4px; border-top: 1px solid var(--line); font-size: 12px; font-weight: 600; color: var(--text-faint); }
      .log { padding: 0 14px 10px; font-size: 12px; }
      .log li { display: grid; grid-template-columns: 58px minmax(0, 1fr); gap: 6px; padding: 3px 0; }
      .log span { overflow-wrap: anywhere; }

      @media (max-width: 1080px) { .panel { max-height: 420px; } }
      @media (pointer: coarse) { .facts .button { height: 34px; } }
    `,
  ];

  @state() private busy = new Set<string>();
  @state() private failures = new Map<string, string>();

  constructor() {
    super();
    new Live(this, { of: ['status', 'alerts'], ticks: true });
  }

  render() {
    const known = [...store.alerts.values()].sort(worstFirst);
    const alerts = known.slice(0, SHOWN_ALERTS);
    const total = Math.max(store.status?.active_alerts_total ?? 0, known.length);
    return html`<section class="panel" aria-labelledby="alerts">
      <header><h2 id="alerts">Active alerts</h2><span class="count">${total || ''}</span><a class="push all" href="${HOME}/alerts">All alerts</a></header>
      <div class="scroll">
        ${alerts.length ? nothing : this.quiet()}
        ${total > alerts.length ? html`<p class="more soft">The ${alerts.length} worst of ${plural(total, 'alert')}. <a href="${HOME}/alerts">Page through all of them</a></p>` : nothing}
        <ul>${repeat(alerts, (alert) => alert.id, (alert) => this.item(alert))}</ul>
        ${store.transitions.length ? this.log() : nothing}
      </div>
    </section>`;
  }

  private quiet() {
    return html`<div class="quiet">${store.status
      ? html`${icons.check}<b>All quiet</b><span class="soft">No rule is firing. Alerts appear here the moment they do.</span>`
      : html`<span class="soft">Waiting for the gateway …</span>`}</div>`;
  }

  private item(alert: Alert) {
    const since = span(store.now() - Date.parse(alert.started_at));
    const failure = this.failures.get(alert.id);
    return guard([alert, since, failure, this.busy.has(alert.id)], () => this.alert(alert, since, failure));
  }

  private alert(alert: Alert, since: string, failure?: string) {
    const unit = unitOf(alert.metric);
    return html`<li class="alert ${alert.acknowledged_by ? 'acknowledged' : ''}">
      ${severityIcon(alert.severity)}
      <div class="what">
        <p class="head"><a class="summary" href=${address.alert(alert.id)}>${alert.summary || `${metricName(alert.metric)} on ${whereOf(alert)}`}</a>
          <time class="faint num" datetime=${alert.started_at} title="since ${new Date(alert.started_at).toLocaleString()}">${
            since}</time></p>
        <p class="where">${whereOf(alert)}${subjectOf(alert)} · ${alert.rule_id}${alert.simulated ? html`<span class="tag">sim</span>` : nothing}</p>
        <div class="facts num">
          <span class="word ${alert.severity}">${alert.status === 'no_data' ? 'no data' : alert.severity}</span>
          ${alert.silenced_by ? html`<span class="tag" title="Silence ${alert.silenced_by}: nobody is sent messages">silenced</span>` : nothing}
          ${alert.flapping ? html`<span class="tag" title="It comes and goes; messages wait until it is steady">flapping</span>` : nothing}
          ${alert.value === null || isGrade(alert.metric) ? nothing : html`<span class="value"><b>${withUnit(alert.value, unit)}</b>
            <span class="faint">limit ${withUnit(alert.threshold, unit)}</span></span>`}
          ${this.action(alert)}
        </div>
        ${failure ? html`<p class="failed" role="alert">${failure}</p>` : nothing}
      </div>
    </li>`;
  }

  private action(alert: Alert) {
    if (alert.acknowledged_by) {
      return html`<span class="done">${icons.check}${alert.acknowledged_by}</span>`;
    }
    if (!mayAct()) return nothing;
    return html`<button class="button" ?disabled=${this.busy.has(alert.id)} @click=${() => this.acknowledge(alert)}
      aria-label="Acknowledge: ${alert.summary}">Acknowledge</button>`;
  }

  private log() {
    return html`<h3>Just happened</h3>
      <ol class="log">${store.transitions.slice(0, SHOWN_TRANSITIONS).map((entry) => this.entry(entry))}</ol>`;
  }

  private entry({ transition, alert }: Transition) {
    return html`<li>
      <span class="faint num">${timeOfDay(Date.parse(alert.updated_at))}</span>
      <span><b>${whereOf(alert)}</b> ${alert.rule_id} ${TRANSITION_WORDS[transition] ?? transition}${
        transition === 'firing' || transition === 'severity_changed' ? `: ${alert.severity}` : ''}</span>
    </li>`;
  }

  private async acknowledge(alert: Alert) {
    this.busy = new Set(this.busy).add(alert.id);
    this.failures.delete(alert.id);
    try {
      store.applyAlert(await api.acknowledge(alert.id));
    } catch (error) {
      this.failures = new Map(this.failures).set(alert.id, (error as Error).message);
    }
    const busy = new Set(this.busy);
    busy.delete(alert.id);
    this.busy = busy;
  }
}
