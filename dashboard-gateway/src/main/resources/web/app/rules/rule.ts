import { decimal, spanToSecond, unitOf, withUnit, type Unit } from '../format';
import { SEVERITIES, type Severity } from '../live/frames';

/** A rule as the API writes it; what the form does not know is carried along. */
export interface Rule extends Partial<Record<Severity, number | string | string[]>> {
  id: string;
  version?: number;
  metric?: string;
  state?: string;
  ratio?: { of: string; to: string };
  group?: unknown;
  /** `anomaly` or `forecast`. */
  detect?: string;
  within?: string;
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
  const over = rule.over ? ` over ${spanText(rule.over)}` : '';
  const measure = rule.aggregate ? `${rule.aggregate} of ${subject}${over}` : `${subject}${over}`;
  const grouped = rule.group ? 'group: ' : rule.detect ? `${rule.detect}${rule.within ? ` within ${spanText(rule.within)}` : ''}: ` : '';
  return `${grouped}${measure}${rule.duration ? `, for ${spanToSecond(rule.duration * 1000)}` : ''}${
    rule.kind && rule.kind !== 'host' ? ` · each ${rule.kind}` : ''}${where ? ` · where ${where}` : ''}`;
}

const UNIT_MILLIS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5m` as `5 min`. */
function spanText(written: string): string {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(written) ?? [];
  return unit ? spanToSecond(Number(number) * UNIT_MILLIS[unit]) : written;
}

export function limitText(rule: Rule, value: Limit['value']): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'number') return value;
  const text = rule.detect === 'anomaly' ? `${decimal(value)} × the usual stray` : withUnit(value, limitUnit(rule));
  // Somebody set it: digits that are measured elsewhere say nothing here.
  return text.replace(/(\.\d*?)0+(?= |$)/, '$1').replace(/\.(?= |$)/, '');
}

/** Shares, and how many or how often, are plain numbers whatever the field is. */
function limitUnit({ ratio, group, aggregate, metric, id }: Rule): Unit {
  return ratio || group || ['count', 'changes', 'absent'].includes(aggregate ?? '') ? 'none' : unitOf(metric ?? id);
}

export const BLANK: Rule = {
  id: '', metric: 'cpu_usage', kind: 'host', operator: '>', warning: 80, critical: 90, duration: 60, enabled: true, summary: '{{host}}: {{value}} (limit {{threshold}})',
};
