/** The frames of `/monitor`, as the gateway sends them. */

export type HostState = 'up' | 'degraded' | 'silent' | 'left';
export type Severity = 'info' | 'warning' | 'high' | 'critical';

export interface Metrics {
  active_hosts: number | null;
  total_players: number | null;
  network_health: number | null;
  average_latency: number | null;
  active_maps: { p2p_hosted: number | null; vps_hosted: number | null };
  as_of: string | null;
  age_seconds?: number;
}

export interface HostLive {
  host: string;
  status: HostState;
  first_seen: string;
  last_seen: string;
  labels: Record<string, string>;
  fields: Record<string, number>;
  maps: { map: string; hosting: string }[];
  links: { fresh: number; impaired: number; average_latency_ms: number | null };
  simulated: boolean;
}

export interface Alert {
  id: string;
  rule_id: string;
  host: string;
  subject: { kind: string; labels: Record<string, string> };
  metric: string;
  status: 'pending' | 'firing' | 'no_data' | 'resolved';
  severity: Severity;
  value: number | null;
  threshold: number | null;
  started_at: string;
  fired_at: string | null;
  updated_at: string;
  resolved_at: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  silenced_by: string | null;
  assignee?: string | null;
  resolution_notes?: string | null;
  labels?: Record<string, string>;
  rule_version?: number;
  summary: string;
  simulated: boolean;
  flapping: boolean;
}

export interface Status {
  hosts: { up: number; degraded: number; silent: number };
  active_alerts_total: number;
  active_alerts_by_severity: Partial<Record<Severity, number>>;
  active_alerts: Alert[];
  as_of: string;
}

export type Frame =
  | { type: 'hello'; epoch: string; offset: number; recovered: boolean }
  | { type: 'metrics'; metrics: Metrics }
  | { type: 'status'; status: Status }
  | { type: 'hosts'; hosts: HostLive[]; removed?: string[] }
  | { type: 'alert'; transition: string; alert: Alert; offset: number }
  | { type: 'error'; code: string; detail: string };

/** Worst first. */
export const SEVERITIES: Severity[] = ['critical', 'high', 'warning', 'info'];
