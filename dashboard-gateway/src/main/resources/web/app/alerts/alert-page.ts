import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { isGrade, moment, unitOf, withUnit } from '../format';
import type { Alert } from '../live/frames';
import { Live, store } from '../live/live';
import { HOME, Placed, address, place } from '../place/place';
import { mayAct, whoami } from '../session/session';
import { cells, chip, severityWord, simulatedTag } from '../ui/cells';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageHead, pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import './act-dialog';
import { changeAll, type Act } from './act-dialog';
import { duration, stateChips } from './alert-columns';
import './alert-chart';
import './alert-timeline';
import './silence-dialog';
import { isOpen, subjectOf, titleOf, whereOf } from './words';

/** One alert from its first moment to its last, and what to do about it. */
@customElement('ps-alert-page')
export class AlertPage extends LitElement {
  static styles = [shared, pageStyles, cells, css`
    .grid { display: grid; grid-template-columns: minmax(0, 1fr) 380px; gap: 12px; align-items: start; }
    .signs { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 6px; }
    .notes { margin-top: 12px; padding: 10px 12px; border-left: 3px solid var(--info); background: var(--raised); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
    @media (max-width: 1000px) { .grid { grid-template-columns: minmax(0, 1fr); } }
  `];

  @property() alertId = '';
  @state() private act?: Act;
  @state() private silencing = false;
  @state() private busy = false;

  private readonly loaded = new Loaded<Alert>(this, () => this.alertId, (signal) => api.get(`/api/v1/alerts/${encodeURIComponent(this.alertId)}`, {}, signal));

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status', 'alerts'], ticks: true });
  }

  render() {
    const alert = this.newest();
    if (!alert) {
      return this.loaded.error
        ? html`<ps-empty heading=${this.loaded.error.status === 404 ? 'There is no such alert' : 'The alert could not be read'} text=${this.loaded.error.message}><a class="button" href="${HOME}/alerts">All alerts</a></ps-empty>`
        : html`<p class="soft">Loading …</p>`;
    }
    return html`
      ${pageHead(titleOf(alert), {
        back: { href: `${HOME}/alerts`, title: 'Alerts' },
        about: html`<span class="signs">${severityWord(alert.severity, alert.status === 'no_data' ? 'no data' : alert.severity)}
          ${alert.status === 'firing' ? chip('firing', alert.severity) : nothing}${isOpen(alert) && !alert.acknowledged_by && !alert.silenced_by ? nothing : stateChips(alert)}${alert.simulated ? simulatedTag : nothing}</span>`,
        tools: mayAct() ? this.acts(alert) : nothing,
      })}
      <div class="grid">
        <div class="stack">
          <ps-alert-chart .alert=${alert}></ps-alert-chart>
          <ps-alert-timeline .alert=${alert}></ps-alert-timeline>
        </div>
        <section class="panel" aria-label="Facts"><header><h2>Facts</h2></header><div class="pad">${this.facts(alert)}
          ${alert.resolution_notes ? html`<p class="notes">${alert.resolution_notes}</p>` : nothing}</div></section>
      </div>
      ${this.act ? html`<ps-act .alerts=${[alert]} .act=${this.act} @done=${() => this.loaded.again()} @close=${() => (this.act = undefined)}></ps-act>` : nothing}
      ${this.silencing ? html`<ps-silence-dialog .alert=${alert} @done=${() => this.loaded.again()} @close=${() => (this.silencing = false)}></ps-silence-dialog>` : nothing}`;
  }

  /** The link in a message asks for it; a person must confirm it. */
  protected updated() {
    const alert = this.newest();
    if (!alert || !place.params.has('acknowledge')) return;
    place.set({ acknowledge: null });
    if (mayAct() && isOpen(alert) && !alert.acknowledged_by) this.act = 'acknowledge';
  }

  private acts(alert: Alert) {
    return html`
      ${isOpen(alert) ? html`
        ${alert.acknowledged_by
          ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.change({ status: 'open' }, 'Open again')}>Take back</button>`
          : html`<button class="button primary" @click=${() => (this.act = 'acknowledge')}>Acknowledge</button>`}
        ${alert.assignee === whoami() ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.change({ assignee: null }, 'Nobody’s now')}>Give up</button>`
          : html`<button class="button" ?disabled=${this.busy} @click=${() => this.change({ assignee: whoami() }, 'Yours now')}>Take it</button>`}
        <button class="button" @click=${() => (this.act = 'resolve')}>Resolve</button>` : nothing}
      <button class="button" @click=${() => (this.silencing = true)}>${icons.bellOff} Silence</button>
      <button class="button" @click=${() => (this.act = 'note')}>Note</button>`;
  }

  private facts(alert: Alert) {
    const unit = unitOf(alert.metric);
    const labels = Object.entries(alert.subject.labels);
    return html`<dl class="facts-list">
      <dt>Where</dt><dd>${alert.host === '*' ? whereOf(alert) : html`<a href=${address.host(alert.host)}>${alert.host}</a>`}${
        alert.subject.labels.peer ? html` · <a href=${address.link(alert.host, alert.subject.labels.peer)}>link to ${alert.subject.labels.peer}</a>` : subjectOf(alert)}</dd>
      ${alert.value === null || isGrade(alert.metric) ? nothing : html`<dt>Value</dt><dd class="num"><b>${withUnit(alert.value, unit)}</b> <span class="faint">limit ${withUnit(alert.threshold, unit)}</span></dd>`}
      <dt>Metric</dt><dd class="mono">${alert.metric}</dd>
      <dt>Rule</dt><dd><a href=${address.alerts('rules', { rule: alert.rule_id })}>${alert.rule_id}</a>${alert.rule_version ? html` <span class="faint">version ${alert.rule_version}</span>` : nothing}</dd>
      <dt>Began</dt><dd>${moment(alert.started_at, true)}</dd>
      <dt>Fired</dt><dd>${moment(alert.fired_at, true)}</dd>
      <dt>${alert.resolved_at ? 'Lasted' : 'Lasts for'}</dt><dd>${duration(alert)}</dd>
      ${alert.resolved_at ? html`<dt>Resolved</dt><dd>${moment(alert.resolved_at, true)}</dd>` : nothing}
      ${alert.acknowledged_by ? html`<dt>Acknowledged</dt><dd>${alert.acknowledged_by}, ${moment(alert.acknowledged_at)}</dd>` : nothing}
      ${alert.assignee ? html`<dt>Assigned to</dt><dd>${alert.assignee}</dd>` : nothing}
      ${labels.length ? html`<dt>Labels</dt><dd>${labels.map(([name, value]) => html`<span class="tag">${name}: ${value}</span>`)}</dd>` : nothing}
      <dt>Elsewhere</dt><dd><a href=${address.alerts('history', { rule: alert.rule_id, range: '7d' })}>This rule, 7 days</a>${
        alert.host === '*' ? nothing : html` · <a href=${address.alerts('history', { host: alert.host, range: '7d' })}>This host, 7 days</a>`}</dd>
    </dl>`;
  }

  /** As it was read, or as the live topic has told since. */
  private newest(): Alert | undefined {
    const read = this.loaded.value;
    const told = store.transitions.find(({ alert }) => alert.id === this.alertId)?.alert ?? store.alerts.get(this.alertId);
    if (!read || (told && told.updated_at > read.updated_at)) return told ?? read;
    return read;
  }

  private async change(change: Parameters<typeof changeAll>[1], done: string) {
    const alert = this.newest();
    if (!alert) return;
    this.busy = true;
    try {
      await changeAll([alert], change);
      say(done);
      await this.loaded.again();
    } catch (error) {
      say((error as Error).message, true);
    }
    this.busy = false;
  }
}
