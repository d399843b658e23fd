import { html, nothing } from 'lit';
import { isGrade, span, unitOf, withUnit } from '../format';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import { address } from '../place/place';
import { chip, severityWord, simulatedTag } from '../ui/cells';
import type { Column } from '../ui/data-table';
import { subjectOf, titleOf, whereOf } from './words';

/** Columns that every list of alerts has. */
export const severityColumn: Column<Alert> = {
  key: 'severity', title: 'Severity', text: ({ severity }) => severity,
  cell: (alert) => severityWord(alert.severity, alert.status === 'no_data' ? 'no data' : alert.severity),
};

export const summaryColumn: Column<Alert> = {
  key: 'summary', title: 'Alert', lead: true, text: titleOf,
  cell: (alert) => html`<a class="plain wrap" href=${address.alert(alert.id)}>${titleOf(alert)}</a>
    <span class="two wrap">${alert.host === '*' ? whereOf(alert) : html`<a class="plain" href=${address.host(alert.host)}>${alert.host}</a>`}${subjectOf(alert)} · ${alert.rule_id}${alert.simulated ? simulatedTag : nothing}</span>`,
};

export const valueColumn: Column<Alert> = {
  key: 'value', title: 'Value', right: true, from: 'phone', text: ({ value }) => value,
  cell: ({ metric, value, threshold }) => (value === null || isGrade(metric) ? html`<span class="faint">–</span>`
    : html`<b>${withUnit(value, unitOf(metric))}</b><span class="two">limit ${withUnit(threshold, unitOf(metric))}</span>`),
};

export function stateChips(alert: Alert) {
  const chips = [];
  if (alert.status === 'resolved') chips.push(chip('resolved', 'ok'));
  if (alert.status === 'pending') chips.push(chip('pending', 'idle', 'Its condition holds, not yet long enough'));
  if (alert.acknowledged_by) chips.push(chip(`ack ${alert.acknowledged_by}`, 'info'));
  if (alert.silenced_by) chips.push(chip('silenced', 'idle', 'Nobody is sent messages'));
  if (alert.flapping) chips.push(chip('flapping', 'warning', 'It comes and goes; messages wait until it is steady'));
  return chips.length ? html`<span class="chips">${chips}</span>` : html`<span class="faint">–</span>`;
}

/** How long it lasted, or lasts. */
export function duration(alert: Alert): string {
  const end = alert.resolved_at ? Date.parse(alert.resolved_at) : store.now();
  return span(end - Date.parse(alert.started_at));
}
