import { metricName } from '../format';
import { SEVERITIES, type Alert } from '../live/frames';

/** Host of an alert about many. */
const ANY_HOST = '*';

/** A list of hosts that stands in the summary is not told twice. */
const LONG = 60;

export const TRANSITION_WORDS: Record<string, string> = {
  pending: 'began to wait', dropped: 'was over before it counted',
  firing: 'fired', resolved: 'resolved', no_data: 'lost its data', severity_changed: 'changed severity',
  acknowledged: 'acknowledged', unacknowledged: 'opened again', assigned: 'assigned', noted: 'got a note', silenced: 'was silenced', unsilenced: 'is no longer silenced',
  flapping: 'began to flap', steady: 'is steady again', reopened: 'was opened again',
};

export function whereOf(alert: Alert): string {
  return alert.host === ANY_HOST ? 'all hosts' : alert.host;
}

export function subjectOf(alert: Alert): string {
  const labels = Object.values(alert.subject.labels).filter((value) => value.length < LONG || !alert.summary.includes(value));
  return alert.subject.kind === 'host' || !labels.length ? '' : ` · ${alert.subject.kind} ${labels.join(' ')}`;
}

export function titleOf(alert: Alert): string {
  return alert.summary || `${metricName(alert.metric)} on ${whereOf(alert)}`;
}

/** Whether each word that was typed is part of what stands there, as the server finds alerts. */
export function finds(typed: string): (alert: Alert) => boolean {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return (alert) => {
    const texts = [titleOf(alert), alert.host, alert.rule_id, alert.metric, ...Object.values(alert.subject.labels)].map((text) => text.toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  };
}

export function isOpen(alert: Alert): boolean {
  return alert.status !== 'resolved';
}

/** Unacknowledged before acknowledged, then by severity, then the newest. */
export function worstFirst(a: Alert, b: Alert): number {
  return Number(a.acknowledged_by !== null) - Number(b.acknowledged_by !== null)
    || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
    || b.started_at.localeCompare(a.started_at)
    || a.id.localeCompare(b.id);
}
