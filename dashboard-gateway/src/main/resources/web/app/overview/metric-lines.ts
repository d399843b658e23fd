import { api } from '../api';
import type { HostLive } from '../live/frames';

/** As many as a person can tell apart, and as there are series colours. */
export const MOST_LINES = 8;
const KEPT_MS = 3_600_000;
/** A gap in the line where a host said nothing for this long. */
const GAP_MS = 30_000;

type Points = [number, number | null][];

/**
 * The course of one metric on the hosts where it is highest: what history holds, continued by what comes live. A host
 * keeps its place, and so its colour, as long as it stays among the highest.
 */
export class MetricLines {
  private readonly places: (string | null)[] = new Array(MOST_LINES).fill(null);
  private readonly points = new Map<string, Points>();

  /** @param changed called when history has arrived */
  constructor(readonly metric: string, private readonly changed: () => void) {}

  /** Charted hosts with their place, which decides the colour. */
  lines(): { host: string; place: number; points: Points }[] {
    return this.places.flatMap((host, place) => (host === null ? [] : [{ host, place, points: this.points.get(host) ?? [] }]));
  }

  /** Decides anew who is charted. */
  choose(hosts: Iterable<HostLive>) {
    const highest = [...hosts]
      .filter((host) => host.fields[this.metric] !== undefined && host.status !== 'left')
      .sort((a, b) => b.fields[this.metric] - a.fields[this.metric] || a.host.localeCompare(b.host))
      .slice(0, MOST_LINES);
    const wanted = new Set(highest.map(({ host }) => host));
    this.places.forEach((host, place) => {
      if (host !== null && !wanted.has(host)) {
        this.places[place] = null;
        this.points.delete(host);
      }
    });
    const added = highest.filter(({ host }) => !this.places.includes(host));
    for (const host of added) {
      this.places[this.places.indexOf(null)] = host.host;
      this.points.set(host.host, []);
      this.append(host);
    }
    if (added.length) void this.fill(added.map(({ host }) => host));
  }

  append(host: HostLive) {
    const points = this.points.get(host.host);
    const value = host.fields[this.metric];
    if (!points || value === undefined || host.status === 'silent') return;
    const at = Date.parse(host.last_seen);
    const last = points.at(-1);
    if (last && at <= last[0]) return;
    if (last && at - last[0] > GAP_MS) points.push([last[0] + 1, null]);
    points.push([at, value]);
    while (points.length && points[0][0] < at - KEPT_MS) points.shift();
  }

  private async fill(hosts: string[]) {
    try {
      for (const series of await api.history(this.metric, hosts, '1h', 360)) {
        const live = series.host === null ? undefined : this.points.get(series.host);
        if (!live) continue;
        const from = live[0]?.[0] ?? Infinity;
        live.unshift(...series.points.filter(([at]) => at < from));
      }
      this.changed();
    } catch {
      // Without history the line begins now; the live part does not depend on it.
    }
  }
}
