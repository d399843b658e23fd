import type { Alert, Frame, HostLive, Metrics, Status } from './frames';
import type { Connection } from './live-socket';

/** A moment of the key figures, for their sparklines. */
export interface KeyFigures {
  hosts: number | null;
  players: number | null;
  health: number | null;
  latency: number | null;
  maps: number | null;
  alerts: number | null;
}

export interface Transition {
  transition: string;
  alert: Alert;
  offset: number;
}

/** What of the live state moves apart from the rest. */
export type Part = 'connection' | 'metrics' | 'status' | 'hosts' | 'alerts';

const KEPT_MOMENTS = 180;
const KEPT_TRANSITIONS = 50;
/** Frames come every second. */
const FRESH_MS = 5000;
/** One redraw for all frames that come together. */
const GATHER_MS = 60;
/** Transitions of alerts may come by the hundred a second; nobody reads faster than this. */
const ALERTS_MS = 250;

/**
 * The one place that knows the live state of the network. Components listen for `change` (something moved; its
 * `detail` is the set of parts that did) and `tick` (a second has passed, so relative times moved).
 */
export class LiveStore extends EventTarget {
  connection: Connection = 'connecting';
  metrics?: Metrics;
  status?: Status;
  readonly hosts = new Map<string, HostLive>();
  readonly alerts = new Map<string, Alert>();
  readonly transitions: Transition[] = [];
  readonly moments: KeyFigures[] = [];
  /** Hosts that changed with the last `change`. */
  changedHosts: HostLive[] = [];

  private gathered: HostLive[] = [];
  private moved = new Set<Part>();
  private pending = 0;
  private dueAt = 0;
  private toldAt = -Infinity;
  private lastMetricsAt = 0;
  private readonly startedAt = Date.now();
  /** Server clock minus ours. */
  private skew = 0;
  private replaceHosts = true;

  constructor() {
    super();
    window.setInterval(() => this.dispatchEvent(new Event('tick')), 1000);
  }

  /** Now by the server's clock, so that ages are right on a machine whose clock is not. */
  now(): number {
    return Date.now() + this.skew;
  }

  /** Seconds since the network was last heard of, once that is longer than it should be; otherwise 0. */
  staleSeconds(): number {
    if (!this.lastMetricsAt) {
      const waited = Date.now() - this.startedAt;
      return this.connection === 'live' || waited < FRESH_MS ? 0 : Math.round(waited / 1000);
    }
    const quiet = Date.now() - this.lastMetricsAt;
    const old = this.metrics?.age_seconds ?? 0;
    return quiet > FRESH_MS || old > 0 ? Math.round(old + quiet / 1000) : 0;
  }

  /** Whether anything shown comes from the simulator. */
  simulated(): boolean {
    for (const host of this.hosts.values()) if (host.simulated) return true;
    return false;
  }

  opened() {
    this.replaceHosts = true;
  }

  connectionChanged(state: Connection) {
    this.connection = state;
    this.changed('connection');
  }

  apply(frame: Frame) {
    switch (frame.type) {
      case 'metrics': this.applyMetrics(frame.metrics); break;
      case 'status': this.applyStatus(frame.status); break;
      case 'hosts': this.applyHosts(frame.hosts, frame.removed ?? []); break;
      case 'alert': this.applyTransition(frame); break;
      case 'error': console.warn(`gateway: ${frame.code}: ${frame.detail}`); break;
      case 'hello': break;
    }
  }

  /** An alert as the API has just answered it; the topic will say the same in a moment. */
  applyAlert(alert: Alert) {
    if (alert.status === 'firing' || alert.status === 'no_data') this.alerts.set(alert.id, alert);
    // What has only begun to be true, and was not shown, is no change.
    else if (!this.alerts.delete(alert.id)) return;
    this.changed('alerts');
  }

  private applyMetrics(metrics: Metrics) {
    this.changed('metrics');
    this.metrics = metrics;
    this.lastMetricsAt = Date.now();
    if (metrics.as_of && !metrics.age_seconds) {
      const difference = Date.parse(metrics.as_of) - Date.now();
      // Below a second it is the way of the frame, not the clock.
      this.skew = Math.abs(difference) > 1500 ? difference : 0;
    }
    if (metrics.as_of === null) return;
    const { p2p_hosted: p2p, vps_hosted: vps } = metrics.active_maps;
    this.moments.push({
      hosts: metrics.active_hosts,
      players: metrics.total_players,
      health: metrics.network_health,
      latency: metrics.average_latency,
      maps: p2p === null && vps === null ? null : (p2p ?? 0) + (vps ?? 0),
      alerts: this.status?.active_alerts_total ?? null,
    });
    if (this.moments.length > KEPT_MOMENTS) this.moments.shift();
  }

  private applyStatus(status: Status) {
    this.changed('status', 'alerts');
    this.status = status;
    const before = new Map(this.alerts);
    this.alerts.clear();
    for (const alert of status.active_alerts) {
      const known = before.get(alert.id);
      this.alerts.set(alert.id, known && known.updated_at > alert.updated_at ? known : alert);
    }
  }

  private applyHosts(hosts: HostLive[], removed: string[]) {
    if (this.replaceHosts) {
      this.hosts.clear();
      this.replaceHosts = false;
    }
    for (const host of hosts) {
      if (host.status === 'left') this.hosts.delete(host.host);
      else this.hosts.set(host.host, host);
    }
    for (const name of removed) this.hosts.delete(name);
    this.gathered.push(...hosts);
    this.changed('hosts');
  }

  private applyTransition(frame: Transition) {
    const known = this.alerts.get(frame.alert.id);
    if (!known || known.updated_at <= frame.alert.updated_at) this.applyAlert(frame.alert);
    if (frame.transition === 'pending' || frame.transition === 'dropped') return;
    this.changed('alerts');
    this.transitions.unshift(frame);
    this.transitions.length = Math.min(this.transitions.length, KEPT_TRANSITIONS);
  }

  private changed(...parts: Part[]) {
    parts.forEach((part) => this.moved.add(part));
    const now = performance.now();
    const due = parts.every((part) => part === 'alerts') ? Math.max(now + GATHER_MS, this.toldAt + ALERTS_MS) : now + GATHER_MS;
    if (this.pending && due >= this.dueAt) return;
    clearTimeout(this.pending);
    this.dueAt = due;
    this.pending = window.setTimeout(() => this.tell(), due - now);
  }

  private tell() {
    const moved = this.moved;
    this.pending = 0;
    this.toldAt = performance.now();
    this.moved = new Set();
    this.changedHosts = this.gathered;
    this.gathered = [];
    this.dispatchEvent(new CustomEvent('change', { detail: moved }));
  }
}
