import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count } from '../format';
import { SEVERITIES, type Alert, type Severity } from '../live/frames';
import { Live, store } from '../live/live';
import { Placed, place } from '../place/place';
import { mayAct, whoami } from '../session/session';
import { cells } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import type { Act } from './act-dialog';
import { changeAll } from './act-dialog';
import { duration, severityColumn, stateChips, summaryColumn, valueColumn } from './alert-columns';
import './silence-dialog';
import { finds, titleOf, worstFirst } from './words';
import { say } from '../ui/toast';

const PAGE = 50;
/** What the gateway tells of by itself; of more than these the server is asked page by page. */
const LIVE_MOST = 100;
const REFRESH_MS = 5_000;

/** What is wrong now, to be worked off. */
@customElement('ps-active-alerts')
export class ActiveAlerts extends LitElement {
  static styles = [shared, pageStyles, cells, css`
    .counts { display: flex; flex-wrap: wrap; gap: 6px; }
    .counts .button[aria-pressed='true'] { background: var(--info-soft); border-color: transparent; color: var(--info); }
  `];

  @state() private silencing?: Alert;
  @state() private acting?: { alerts: Alert[]; act: Act };
  @state() private busy = new Set<string>();

  private readonly many = new Loaded<{ alerts: Alert[]; total: number }>(
    this,
    () => (this.tooMany() ? `${place.param('severity')}|${place.param('q')}|${tablePlace.page()}` : null),
    (signal) => api.get('/api/v1/alerts/active', { severity: place.param('severity'), q: place.param('q'), page: tablePlace.page(), page_size: PAGE }, signal),
    () => REFRESH_MS,
    'active alerts',
  );

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status', 'alerts'], ticks: true });
  }

  render() {
    const found = this.tooMany() ? undefined : this.fromLive();
    const rows = found ? found.slice((tablePlace.page() - 1) * PAGE, tablePlace.page() * PAGE) : this.many.value?.alerts.map((alert) => store.alerts.get(alert.id) ?? alert);
    const open = (rows ?? []).filter(({ acknowledged_by }) => !acknowledged_by);
    return html`<section class="panel" aria-label="Active alerts">
      <header>
        ${this.counts()}
        <span class="push"></span>
        ${mayAct() && open.length > 1 ? html`<button class="button" @click=${() => (this.acting = { alerts: open, act: 'acknowledge' })}>Acknowledge all ${open.length}</button>` : nothing}
        <span class="search">${icons.search}<input class="input" type="search" placeholder="Host, rule or words" aria-label="Filter alerts" .value=${place.param('q')}
          @input=${(event: Event) => place.set({ q: (event.target as HTMLInputElement).value, page: null })}></span>
      </header>
      <ps-table label="Active alerts" file="alerts" .columns=${this.columns()} .rows=${store.status ? rows : undefined} .rowKey=${(alert: Alert) => alert.id}
        .total=${found?.length ?? this.many.value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${PAGE} .error=${this.many.error?.message ?? ''} @page=${tablePlace.turned}>
        ${this.filtered()
          ? html`<ps-empty slot="empty" heading="No alert fits" text="Others may be active: take the filter away to see them."><button class="button" @click=${() => place.set({ q: null, severity: null, page: null })}>Show all</button></ps-empty>`
          : html`<ps-empty slot="empty" heading="All quiet" text="No rule is firing. Alerts appear here the moment they do, without a reload; what was is in the history."><a class="button" href="${place.path}?view=rules">See the rules</a></ps-empty>`}
      </ps-table>
    </section>
    ${this.silencing ? html`<ps-silence-dialog .alert=${this.silencing} @close=${() => (this.silencing = undefined)}></ps-silence-dialog>` : nothing}
    ${this.acting ? html`<ps-act .alerts=${this.acting.alerts} .act=${this.acting.act} @close=${() => (this.acting = undefined)}></ps-act>` : nothing}`;
  }

  private counts() {
    const by = store.status?.active_alerts_by_severity ?? {};
    const chosen = place.param('severity');
    return html`<span class="counts" role="group" aria-label="Severity">${SEVERITIES.map((severity) => html`
      <button class="button" aria-pressed=${chosen === severity} @click=${() => place.set({ severity: chosen === severity ? null : severity, page: null })}>
        <span class="severity-cell"><b class="num">${count(by[severity] ?? 0)}</b> ${severity}</span></button>`)}</span>`;
  }

  private columns(): Column<Alert>[] {
    const columns: Column<Alert>[] = [
      severityColumn,
      summaryColumn,
      valueColumn,
      { key: 'started_at', title: 'For', right: true, cell: (alert) => html`<span title="since ${new Date(alert.started_at).toLocaleString()}">${duration(alert)}</span>`, text: ({ started_at }) => started_at },
      { key: 'state', title: 'State', from: 'phone', cell: stateChips, text: ({ status }) => status },
    ];
    if (mayAct()) columns.push({ key: 'actions', title: '', right: true, cell: (alert) => this.actions(alert) });
    return columns;
  }

  private actions(alert: Alert) {
    return html`<span class="row-actions">
      ${alert.acknowledged_by ? nothing : html`<button class="button" ?disabled=${this.busy.has(alert.id)} @click=${() => this.acknowledge(alert)} aria-label="Acknowledge: ${titleOf(alert)}">Acknowledge</button>`}
      <button class="button" @click=${() => (this.silencing = alert)} aria-label="Silence: ${titleOf(alert)}" title="Silence">${icons.bellOff}</button></span>`;
  }

  /** Without a note it is one click, and it can be taken back on the alert's page. */
  private async acknowledge(alert: Alert) {
    this.busy = new Set(this.busy).add(alert.id);
    try {
      await changeAll([alert], { status: 'acknowledged' });
      say(`Acknowledged by ${whoami()}`);
    } catch (error) {
      say((error as Error).message, true);
    }
    this.busy.delete(alert.id);
    this.requestUpdate();
  }

  private tooMany(): boolean {
    return (store.status?.active_alerts_total ?? 0) > LIVE_MOST;
  }

  private filtered(): boolean {
    return Boolean(place.param('q') || place.param('severity'));
  }

  private fromLive(): Alert[] {
    const severity = place.param('severity') as Severity | '';
    return [...store.alerts.values()]
      .filter((alert) => !severity || alert.severity === severity)
      .filter(finds(place.param('q')))
      .sort(worstFirst);
  }
}
