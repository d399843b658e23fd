import { span, unitOf, withUnit } from '../format';
import { SEVERITIES, type Severity } from '../live/frames';

/** A rule as the API writes it; what the form does not know is carried along. */
export interface Rule extends Partial<Record<Severity, number | string | string[]>> {
  id: string;
  version?: number;
  metric?: string;
  state?: string;
  ratio?: { of: string; to: string };
  group?: unknown;
  detect?: unknown;
  kind?: string;
  where?: Record<string, string>;
  over?: string;
  aggregate?: string;
  operator?: string;
  duration?: number;
  clear?: Partial<Record<Severity, number>>;
  keep_firing_for?: number;
  no_data?: string;
  no_data_after?: number;
  labels?: Record<string, string>;
  summary?: string;
  enabled?: boolean;
}

export interface Limit {
  severity: Severity;
  value: number | string | string[];
}

export function limitsOf(rule: Rule): Limit[] {
  return SEVERITIES.filter((severity) => rule[severity] !== undefined && rule[severity] !== null).map((severity) => ({ severity, value: rule[severity]! }));
}

/** Whether the fields of the form say all that the rule says of its condition. */
export function isPlain(rule: Rule): boolean {
  return !rule.state && !rule.ratio && !rule.group && !rule.detect && limitsOf(rule).every(({ value }) => typeof value === 'number');
}

const SIGNS: Record<string, string> = { '>': '>', '>=': '≥', '<': '<', '<=': '≤' };

export function signOf({ operator }: Rule): string {
  return SIGNS[operator ?? '>'] ?? '';
}

/** The condition as one would say it; the limits stand beside it. */
export function inWords(rule: Rule): string {
  const where = Object.entries(rule.where ?? {}).map(([name, value]) => `${name} ${value}`).join(', ');
  const metric = rule.metric ?? rule.id;
  const subject = rule.state ?? (rule.ratio ? `${rule.ratio.of} / ${rule.ratio.to}` : metric);
  const measure = rule.aggregate ? `${rule.aggregate} of ${subject}${rule.over ? ` over ${rule.over}` : ''}` : rule.over ? `${subject} over ${rule.over}` : subject;
  const grouped = rule.group ? 'group: ' : rule.detect ? 'detects: ' : '';
  return `${grouped}${measure}${rule.duration ? `, for ${span(rule.duration * 1000)}` : ''}${
    rule.kind && rule.kind !== 'host' ? ` · each ${rule.kind}` : ''}${where ? ` · where ${where}` : ''}`;
}

export function limitText(rule: Rule, value: Limit['value']): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' ? withUnit(value, rule.ratio || rule.group ? 'none' : unitOf(rule.metric ?? rule.id)) : value;
}

export const BLANK: Rule = {
  id: '', metric: 'cpu_usage', kind: 'host', operator: '>', warning: 80, critical: 90, duration: 60, enabled: true, summary: '{{host}}: {{value}} (limit {{threshold}})',
};
