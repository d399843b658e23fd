import { unitOf, type Unit } from '../format';

/** The order in which people look at what a host sends; what is not named here comes after, by name. */
const FIRST = [
  'cpu_usage', 'memory_usage', 'player_count', 'latency', 'latency_ms', 'packet_loss', 'jitter_ms', 'bandwidth_mbps', 'error_rate', 'sync_delay',
  'network_in_bytes_per_second', 'network_out_bytes_per_second', 'disk_usage', 'load1', 'active_connections', 'active_streams', 'map_count',
];

/** Counters only say something by how fast they grow. */
const COUNTER = /(_attempts|_failures|_total|_detections|_errors|bytes_sent|bytes_received|_dropped|_switches)$/;
/** Facts that do not move. */
const STILL = /^(cpu_cores|memory_total_bytes|uptime_seconds|disk_total_bytes)$/;

/** Of live links, so that only hosts that send them themselves have a past of them. */
const OF_LINKS = /^bandwidth_(in|out)_bytes_per_second$/;

export function ofLinks(field: string): boolean {
  return OF_LINKS.test(field);
}

export function byInterest(a: string, b: string): number {
  const [x, y] = [FIRST.indexOf(a), FIRST.indexOf(b)].map((at) => (at < 0 ? FIRST.length : at));
  return x - y || a.localeCompare(b);
}

export function isCounter(field: string): boolean {
  return COUNTER.test(field);
}

export function moves(field: string): boolean {
  return !STILL.test(field);
}

/** Of a counter's growth. */
export function rateUnit(field: string): Unit {
  return unitOf(field) === 'bytes' ? 'bytes/s' : 'none';
}
