import type { Severity } from '../live/frames';

export const TYPES = ['email', 'discord', 'slack', 'sms', 'webhook', 'alertmanager', 'action'] as const;
export type ChannelType = (typeof TYPES)[number];

/** A channel as the API shows it; secrets never come back. */
export interface Channel {
  id: string;
  type: ChannelType;
  enabled: boolean;
  min_severity: Severity;
  matchers: Record<string, string>;
  cooldown_seconds: number;
  max_per_minute: number;
  group_by: string[];
  group_wait_seconds?: number;
  repeat_seconds?: number;
  escalate_after_seconds?: number;
  quiet_hours?: { time_zone: string; weekdays?: string[]; from: string; to: string }[];
  fallback?: string | null;
  action?: { name: string; dry_run?: boolean; min_network_health?: number | null } | null;
  send_resolved: boolean;
  url: string | null;
  has_secret: boolean;
  recipients: string[];
  account: string | null;
  /** Whether messages reach it, as far as the last attempt tells. */
  delivery?: { state: 'ok' | 'partial' | 'failing' | 'dead'; failures: number; last_sent_at: string | null; detail: string | null; cause: string | null; fallback: string | null } | null;
}

/** What each type needs to know. */
export const NEEDS: Record<ChannelType, { url?: string; secret?: boolean; recipients?: string; account?: boolean; action?: boolean }> = {
  email: { recipients: 'ops@example.org, night@example.org' },
  discord: { url: 'https://discord.com/api/webhooks/…' },
  slack: { url: 'https://hooks.slack.com/services/…' },
  sms: { recipients: '+4915112345678', account: true },
  webhook: { url: 'https://example.org/hook', secret: true },
  alertmanager: { url: 'http://alertmanager:9093' },
  action: { url: 'https://example.org/act', secret: true, action: true },
};

export interface Delivery {
  id: string;
  channel_id: string;
  type: string;
  status: 'sent' | 'retrying' | 'failed';
  attempts: number;
  at: string;
  cause: string | null;
  detail: string | null;
  next_attempt_at: string | null;
  alert_ids: string[];
}

export const REACH_TONES = { ok: 'ok', partial: 'warning', failing: 'warning', dead: 'critical' };
export const DELIVERY_TONES = { sent: 'ok', retrying: 'warning', failed: 'critical' };
