/** Numbers, units and times as people read them. What is not known is a dash, never a zero. */

const UNKNOWN = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

export type Unit = 'percent' | 'ms' | 'count' | 'none';

/** Short unit after a number, as in `41 ms`. */
const UNIT_SIGN: Record<Unit, string> = { percent: '%', ms: 'ms', count: '', none: '' };

export function count(value: number | null | undefined): string {
  if (value == null) return UNKNOWN;
  return Math.abs(value) >= 100_000 ? compact.format(value) : whole.format(value);
}

/** Three significant digits at most, and no digits that only flicker. */
export function decimal(value: number | null | undefined): string {
  if (value == null) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= 100_000) return compact.format(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

export function withUnit(value: number | null | undefined, unit: Unit): string {
  if (value == null) return UNKNOWN;
  // Always one digit: percentages stand below one another and should not jump sideways.
  if (unit === 'percent') return `${value.toFixed(1)} %`;
  const sign = UNIT_SIGN[unit];
  return sign ? `${decimal(value)} ${sign}` : decimal(value);
}

/** The unit of a field, by the way Peerscope names fields. */
export function unitOf(metric: string): Unit {
  if (/_usage$|_percent$|_loss$|_rate$|_utilization$/.test(metric)) return 'percent';
  if (/_ms$|latency$/.test(metric)) return 'ms';
  return /_count$|players$/.test(metric) ? 'count' : 'none';
}

/** `cpu_usage` as a person says it. */
export function metricName(metric: string): string {
  const known: Record<string, string> = {
    cpu_usage: 'CPU', memory_usage: 'Memory', disk_usage: 'Disk', player_count: 'Players', latency_ms: 'Latency',
  };
  return known[metric] ?? metric.replaceAll('_', ' ');
}

/** How long a span is, in its largest unit and at most one more: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function span(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 7 ? `${days} d ${hours % 24} h` : `${days} d`;
}

export function ago(then: string | null | undefined, now: number): string {
  if (!then) return UNKNOWN;
  const millis = now - Date.parse(then);
  return millis < 2000 ? 'now' : `${span(millis)} ago`;
}

export function timeOfDay(epochMillis: number): string {
  return clockTime.format(epochMillis);
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
