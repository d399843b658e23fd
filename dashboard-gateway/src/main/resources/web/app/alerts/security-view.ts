import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, decimal, plural, withUnit } from '../format';
import { EVENT_COLUMNS, type NetworkEvent } from '../hosts/host-events';
import type { Alert } from '../live/frames';
import { Placed, address, place } from '../place/place';
import { cells, severityWord, simulatedTag } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';
import { titleOf } from './words';

interface Row {
  host: string;
  counts: Record<string, number>;
  blocked_packets_per_second: number | null;
  simulated: boolean;
}

interface Security {
  totals: Record<string, number>;
  findings_total: number;
  findings: NetworkEvent[];
  alerts: Alert[];
  hosts: Row[];
}

const REFRESH_MS = 10_000;
const HOURS = [{ value: '1', label: '1 h' }, { value: '24', label: '24 h' }, { value: '168', label: '7 d' }];

/** Who cheats, who attacks, who guesses passwords: what guards of hosts found. */
@customElement('ps-security')
export class SecurityView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles, .filters, section.panel { margin-bottom: 12px; } ul { padding: 8px 14px; } li { display: flex; gap: 8px; padding: 4px 0; } li a { color: inherit; }`];

  private readonly found = new Loaded<Security>(this, () => this.hours(), (signal) => api.get('/api/v1/security', { hours: this.hours() }, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.found;
    if (!value) return error ? html`<ps-empty heading="What guards found could not be read" text=${error.message}></ps-empty>` : html`<p class="soft">Loading …</p>`;
    return html`<div class="filters"><ps-segmented label="Time" .choices=${HOURS} .value=${this.hours()} @choose=${(event: CustomEvent<string>) => place.set({ hours: event.detail === '1' ? null : event.detail }, true)}></ps-segmented></div>
      ${value.hosts.length || value.findings_total ? this.tiles(value) : nothing}
      ${value.alerts.length ? html`<section class="panel" aria-label="Security alerts"><header><h2>${plural(value.alerts.length, 'alert')}</h2></header>
        <ul>${value.alerts.map((alert) => html`<li>${severityWord(alert.severity)}<a href=${address.alert(alert.id)}>${titleOf(alert)}</a></li>`)}</ul></section>` : nothing}
      <section class="panel" aria-label="By host"><header><h2>By host</h2><span class="count">most trouble first</span></header>
        <ps-table label="By host" file="security" .columns=${HOSTS} .rows=${value.hosts} .rowKey=${({ host }: Row) => host}>
          <ps-empty slot="empty" heading="No host has a guard that tells" text="Hosts count cheat_detections, suspicious_activities, attack_detections, authentication_attempts and authentication_failures, from zero on."></ps-empty></ps-table></section>
      <section class="panel" aria-label="Findings"><header><h2>Findings</h2><span class="count">${value.findings_total ? count(value.findings_total) : ''}</span></header>
        <ps-table label="Findings" file="findings" .columns=${FINDINGS} .rows=${value.findings} .rowKey=${({ id }: NetworkEvent) => id}>
          <ps-empty slot="empty" heading="Nothing was found in this time" text="Single findings come by POST /api/v1/events with the type security and what it is in detail.kind: cheat, login, attack, or anything else."></ps-empty></ps-table></section>`;
  }

  private tiles({ totals, findings_total }: Security) {
    const tile = (title: string, figure: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${figure}</dd><dd class="note">${note}</dd></div>`;
    const refused = totals.authentication_failures;
    const tried = totals.authentication_attempts;
    return html`<dl class="tiles">
      ${tile('Cheats', count(totals.cheat_detections), 'found by anti-cheat')}
      ${tile('Suspicious', count(totals.suspicious_activities), 'activities')}
      ${tile('Attacks', count(totals.attack_detections), 'recognised')}
      ${tile('Refused logins', count(refused), refused !== undefined && tried ? `${withUnit((refused / tried) * 100, 'percent')} of ${count(tried)}` : 'of all that were tried')}
      ${tile('Findings', count(findings_total), 'told one by one')}</dl>`;
  }

  private hours(): string {
    return HOURS.some(({ value }) => value === place.param('hours')) ? place.param('hours') : '1';
  }
}

/** A finding is no change of anything. */
const FINDINGS = EVENT_COLUMNS.filter(({ key }) => key !== 'change');

const counted = (key: string, title: string, from?: 'phone' | 'tablet'): Column<Row> => ({
  key, title, from, right: true, cell: ({ counts }) => count(counts[key]), text: ({ counts }) => counts[key],
});

const HOSTS: Column<Row>[] = [
  { key: 'host', title: 'Host', cell: ({ host, simulated }) => html`<a class="plain" href=${address.host(host)}>${host}</a>${simulated ? simulatedTag : nothing}`, text: ({ host }) => host },
  counted('cheat_detections', 'Cheats'),
  counted('suspicious_activities', 'Suspicious', 'phone'),
  counted('attack_detections', 'Attacks'),
  counted('authentication_failures', 'Refused logins', 'phone'),
  counted('authentication_attempts', 'Logins tried', 'tablet'),
  { key: 'blocked', title: 'Packets turned away', right: true, from: 'tablet', cell: ({ blocked_packets_per_second }) => (blocked_packets_per_second === null ? '–' : `${decimal(blocked_packets_per_second)} /s`), text: (row) => row.blocked_packets_per_second },
];
