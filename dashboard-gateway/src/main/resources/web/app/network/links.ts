import { ApiError, api, type Series } from '../api';
import { store } from '../live/live';
import type { LinkMetric } from './latency';

/** A link as one of its ends sees it. */
export interface Sight extends Record<LinkMetric, number | null> {
  from: string;
  to: string;
  path: string;
  age_seconds: number | null;
}

/** One number of a link, as one end sees it. */
export interface Cell {
  from: string;
  to: string;
  value: number;
  path: string;
}

const METRICS: LinkMetric[] = ['latency_ms', 'packet_loss', 'jitter_ms', 'bandwidth_mbps'];
/** Older sights say nothing about now. */
const FRESH_MS = 120_000;

/**
 * @param host whose links; empty: those of all
 * @param metrics of a large network one at a time, since an answer has at most some thousand series
 */
export async function latestLinks(host: string, signal?: AbortSignal, metrics: LinkMetric[] = METRICS): Promise<Sight[]> {
  const now = store.now();
  const { series } = await api.series({
    metrics, kind: 'connection', hosts: host, group_by: 'host,peer,path', aggregate: 'last',
    from: Math.round(now - FRESH_MS), to: Math.round(now), max_points: 10,
  }, signal);
  return sights(series, now);
}

/** One metric of every fresh link; from the live matrix, or from what is stored where there is no such address. */
export async function matrix(metric: LinkMetric, signal?: AbortSignal): Promise<Cell[]> {
  try {
    const { cells } = await api.get<{ cells: [string, string, number | null, string | null, number][] }>('/api/v1/network/matrix', { metric }, signal);
    return cells.flatMap(([from, to, value, path]) => (value === null ? [] : [{ from, to, value, path: !path || path === 'unknown' ? '' : path }]));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    const links = await latestLinks('', signal, [metric]);
    return links.flatMap((link) => (link[metric] === null ? [] : [{ from: link.from, to: link.to, value: link[metric]!, path: link.path }]));
  }
}

function sights(series: Series[], now: number): Sight[] {
  const found = new Map<string, Sight & { at: number }>();
  for (const { metric, host, labels, points } of series) {
    const last = points.findLast(([, value]) => value !== null);
    if (!host || !labels.peer || !last) continue;
    const key = JSON.stringify([host, labels.peer]);
    const known = found.get(key);
    // A link that changed its path has two series for a while; the newer one holds.
    if (known && known.at > last[0] && known.path !== (labels.path ?? '')) continue;
    const sight = known ?? { from: host, to: labels.peer, latency_ms: null, packet_loss: null, jitter_ms: null, bandwidth_mbps: null, path: '', age_seconds: null, at: 0 };
    sight[metric as LinkMetric] = last[1];
    sight.path = labels.path ?? '';
    sight.at = Math.max(sight.at, last[0]);
    sight.age_seconds = Math.max(0, Math.round((now - sight.at) / 1000));
    found.set(key, sight);
  }
  return [...found.values()];
}

/** Where a host is, by its label; for those that say nothing a region of their own. */
export function regionOf(host: string): string {
  const labels = store.hosts.get(host)?.labels;
  return labels?.region ?? labels?.zone ?? labels?.datacenter ?? 'elsewhere';
}
