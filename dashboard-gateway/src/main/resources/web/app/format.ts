/** Numbers, units and times as people read them. What is not known is a dash, never a zero. */

const UNKNOWN = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
// Not `hour12: false`: with it midnight is 24:00.
const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

export type Unit = 'percent' | 'ms' | 'count' | 'none' | 'bytes' | 'bytes/s' | 'mbps' | 'kbps' | 'seconds' | 'fps';

/** Short unit after a number, as in `41 ms`. */
const UNIT_SIGN: Record<Unit, string> = {
  percent: '%', ms: 'ms', count: '', none: '', bytes: 'B', 'bytes/s': 'B/s', mbps: 'Mbit/s', kbps: 'kbit/s', seconds: 's', fps: 'fps',
};
const THOUSANDS = ['', 'k', 'M', 'G', 'T', 'P'];

export function count(value: number | null | undefined): string {
  if (value == null) return UNKNOWN;
  return Math.abs(value) >= 100_000 ? compact.format(value) : whole.format(value);
}

/** Three significant digits at most, and no digits that only flicker. */
export function decimal(value: number | null | undefined): string {
  if (value == null) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= 100_000) return compact.format(value);
  if (size >= 100 || Number.isInteger(value)) return whole.format(value);
  return signed(value.toFixed(size >= 10 ? 1 : 2));
}

export function withUnit(value: number | null | undefined, unit: Unit): string {
  if (value == null) return UNKNOWN;
  // Always as many digits: percentages stand below one another and should not jump sideways. Losses below 1 % need one more.
  if (unit === 'percent') return `${Math.abs(value) >= 10_000 ? decimal(value) : signed(value.toFixed(value > 0 && value < 1 ? 2 : 1))} %`;
  const sign = UNIT_SIGN[unit];
  if (unit === 'bytes' || unit === 'bytes/s') return scaled(value, sign);
  if (unit === 'kbps' && Math.abs(value) >= 1000) return `${decimal(value / 1000)} ${UNIT_SIGN.mbps}`;
  const millis = unit === 'seconds' ? value * 1000 : unit === 'ms' ? value : 0;
  if (unit === 'ms' && Math.abs(millis) >= 10_000 && Math.abs(millis) < 120_000) return `${decimal(Number((millis / 1000).toPrecision(3)))} s`;
  if (Math.abs(millis) >= 120_000) return `${millis < 0 ? '−' : ''}${spanToSecond(Math.abs(millis))}`;
  return sign ? `${decimal(value)} ${sign}` : decimal(value);
}

/** What is rounded to nothing has no sign. */
function signed(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function scaled(value: number, sign: string): string {
  // 999.9 kB is rounded to 1.0 MB, not to 1000 kB.
  const rounded = Number(Math.abs(value).toPrecision(3));
  const power = rounded === 0 ? 0 : Math.min(THOUSANDS.length - 1, Math.max(0, Math.floor(Math.log10(rounded) / 3)));
  const short = value / 1000 ** power;
  return `${power === 0 ? whole.format(short) : short.toFixed(Math.abs(short) >= 100 ? 0 : 1)} ${THOUSANDS[power]}${sign}`;
}

/** Of fields whose names tell another one, or none. */
const UNITS: Record<string, Unit> = {
  frame_rate: 'fps', tick_rate: 'none', peer_churn_rate: 'none', start_time_ms: 'none', end_time_ms: 'none', bandwidth_usage: 'bytes/s', network_io: 'bytes/s',
  network_throughput: 'mbps', bytes_transferred: 'bytes', map_load: 'percent', network_health: 'percent', resource_availability: 'percent', loss_asymmetry: 'percent',
};

/** How bad something is, in steps that the words beside it tell better than a number. */
export function isGrade(metric: string): boolean {
  return metric === 'presence_trouble';
}

/** The unit of a field, by the way Peerscope names fields. */
export function unitOf(metric: string): Unit {
  if (UNITS[metric]) return UNITS[metric];
  if (/_usage$|_percent$|_loss$|_rate$|_utilization$/.test(metric)) return 'percent';
  if (/_ms$|latency$|^sync_delay$/.test(metric)) return 'ms';
  if (/bytes_per_second$/.test(metric)) return 'bytes/s';
  if (/bytes(_total|_sent|_received)?$/.test(metric)) return 'bytes';
  if (/_mbps$/.test(metric)) return 'mbps';
  if (/_kbps$/.test(metric)) return 'kbps';
  if (/_seconds$/.test(metric)) return 'seconds';
  return /_count$|players$/.test(metric) ? 'count' : 'none';
}

/** `cpu_usage` as a person says it. */
export function metricName(metric: string): string {
  const known: Record<string, string> = {
    cpu_usage: 'CPU', memory_usage: 'Memory', disk_usage: 'Disk', player_count: 'Players', latency_ms: 'Latency', latency: 'Latency',
    packet_loss: 'Packet loss', jitter_ms: 'Jitter', bandwidth_mbps: 'Bandwidth', load1: 'Load (1 min)', tick_ms: 'Tick time',
    network_in_bytes_per_second: 'Network in', network_out_bytes_per_second: 'Network out', cpu_cores: 'CPU cores', memory_bytes: 'Memory used', mob_count: 'Monsters', npc_count: 'Other characters',
    item_count: 'Items', map_count: 'Maps', currency_supply: 'Money', ice_state: 'ICE state',
  };
  if (known[metric]) return known[metric];
  const words = metric.replace(/_(ms|mbps|kbps|bytes|seconds|bytes_per_second)$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
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

/** A measured span, or one that somebody set: to the second while that is not more than a percent. */
export function spanToSecond(millis: number): string {
  const seconds = Math.round(millis / 1000);
  return seconds < 600 && seconds % 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : span(millis);
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

const dayAndTime = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayTimeSeconds = new Intl.DateTimeFormat('en', {
  month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

/** `Nov 21, 14:05`, or to the second. */
export function moment(then: string | number | null | undefined, seconds = false): string {
  if (then === null || then === undefined || then === '') return UNKNOWN;
  return (seconds ? dayTimeSeconds : dayAndTime).format(new Date(then));
}
