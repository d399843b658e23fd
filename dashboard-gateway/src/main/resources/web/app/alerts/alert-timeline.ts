import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { moment, unitOf, withUnit } from '../format';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import { address } from '../place/place';
import { cells, chip } from '../ui/cells';
import { shared } from '../ui/styles';
import { TRANSITION_WORDS, isOpen } from './words';

interface Moment {
  at: string;
  what: string;
  reason: string | null;
  channel_id: string | null;
  /** Of what was held as part of something larger: an incident, or the alert of a host. */
  cause: string | null;
  alert: Alert | null;
  delivery: { channel_id: string; status: 'sent' | 'retrying' | 'failed'; attempts: number; detail: string | null } | null;
}

const TONES = { sent: 'ok', retrying: 'warning', failed: 'critical' };
/** Messages leave, and are told of, a while after what they are about. */
const REFRESH_MS = 5_000;
/** What has just happened is stored, and sent, within moments. */
const RECENT_MS = 60_000;
const SOON_MS = 1_500;

/** Everything that happened to an alert: transitions, human acts, messages. */
@customElement('ps-alert-timeline')
export class AlertTimeline extends LitElement {
  static styles = [
    shared,
    cells,
    css`
      ol { padding: 12px 14px 14px; }
      li { position: relative; display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 4px 18px; padding: 0 0 14px; }
      li::before { content: ''; position: absolute; left: 132px; top: 5px; width: 9px; height: 9px; border-radius: 50%; background: var(--dot, var(--idle)); }
      li::after { content: ''; position: absolute; left: 136px; top: 18px; bottom: 0; width: 1px; background: var(--line-strong); }
      li:last-child { padding-bottom: 0; } li:last-child::after { display: none; }
      li > div { padding-left: 12px; min-width: 0; overflow-wrap: anywhere; }
      .critical { --dot: var(--critical-fill); } .high { --dot: var(--high-fill); } .warning { --dot: var(--warning-fill); } .info { --dot: var(--info); } .resolved { --dot: var(--ok); } .human { --dot: var(--accent); }
      .empty { padding: 18px 14px; color: var(--text-soft); }
      @media (max-width: 640px) { li { grid-template-columns: minmax(0, 1fr); padding-left: 14px; } li::before { left: 0; } li::after { left: 4px; } li > div { padding-left: 0; } }
    `,
  ];

  @property({ attribute: false }) alert!: Alert;

  private readonly timeline = new Loaded<{ timeline: Moment[] }>(
    this,
    () => `${this.alert.id}|${this.alert.updated_at}|${this.alert.silenced_by}`,
    (signal) => api.get(`/api/v1/alerts/${encodeURIComponent(this.alert.id)}/timeline`, {}, signal),
    () => (store.now() - Date.parse(this.alert.updated_at) < RECENT_MS ? SOON_MS : isOpen(this.alert) ? REFRESH_MS : 3 * REFRESH_MS),
  );

  render() {
    const moments = this.timeline.value?.timeline;
    return html`<section class="panel" aria-labelledby="what"><header><h2 id="what">What happened</h2></header>
      ${moments?.length
        ? html`<ol>${[...moments].reverse().map((each) => this.moment(each))}</ol>`
        : html`<p class="empty">${this.timeline.error?.message ?? (moments ? 'Nothing was stored of this alert yet.' : 'Loading …')}</p>`}
    </section>`;
  }

  private moment(each: Moment) {
    const { at, what, alert, delivery } = each;
    return html`<li class=${tone(what, alert)}><time class="faint num" datetime=${at}>${moment(at, true)}</time><div>${
      delivery ? this.delivery(delivery) : what === 'held' ? held(each) : this.transition(what, alert)}</div></li>`;
  }

  private transition(what: string, alert: Alert | null) {
    const unit = alert ? unitOf(alert.metric) : 'none';
    const who = what === 'acknowledged' ? alert?.acknowledged_by : what === 'assigned' ? alert?.assignee : null;
    return html`<b>${capital(TRANSITION_WORDS[what] ?? what.replaceAll('_', ' '))}</b>
      ${what === 'firing' || what === 'severity_changed' ? chip(alert?.severity, alert?.severity) : nothing}
      ${who ? html`${what === 'assigned' ? 'to' : 'by'} ${who}` : nothing}
      ${alert && alert.value !== null && ['firing', 'severity_changed', 'pending', 'resolved'].includes(what) ? html`<span class="soft num">at ${withUnit(alert.value, unit)}</span>` : nothing}
      ${(what === 'noted' || what === 'acknowledged' || what === 'resolved') && alert?.resolution_notes ? html`<span class="two wrap">“${alert.resolution_notes}”</span>` : nothing}`;
  }

  private delivery({ channel_id, status, attempts, detail }: NonNullable<Moment['delivery']>) {
    return html`Message to <b>${channel_id}</b> ${chip(status, TONES[status])} ${attempts > 1 ? html`<span class="faint">attempt ${attempts}</span>` : nothing}
      ${detail && status !== 'sent' ? html`<span class="two wrap">${detail}</span>` : nothing}`;
  }
}

function held({ reason, channel_id, cause }: Moment) {
  const to = channel_id ? html` to <b>${channel_id}</b>` : nothing;
  if (reason !== 'incident' || !cause) return html`No message was sent${to}: ${reason?.replaceAll('_', ' ') ?? 'held back'}`;
  // Ids of incidents say what went bad: cause, name and time. Those of alerts have no colon.
  const [kind, ...name] = cause.split(':').slice(0, -1);
  return kind
    ? html`No message of its own was sent${to}: it is part of the incident of <a href=${address.alerts('incidents')}>${kind} ${name.join(':')}</a>`
    : html`No message of its own was sent${to}: <a href=${address.alert(cause)}>the host at its end</a> is out of reach`;
}

function tone(what: string, alert: Alert | null): string {
  if (what === 'resolved') return 'resolved';
  if (what === 'firing' || what === 'severity_changed' || what === 'no_data') return alert?.severity ?? '';
  return ['acknowledged', 'unacknowledged', 'assigned', 'noted'].includes(what) ? 'human' : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
