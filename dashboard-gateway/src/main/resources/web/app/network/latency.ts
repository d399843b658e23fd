import type { Unit } from '../format';

export type LinkMetric = 'latency_ms' | 'packet_loss' | 'jitter_ms' | 'bandwidth_mbps';

export interface Scale {
  metric: LinkMetric;
  title: string;
  unit: Unit;
  /** Where one colour ends and the next begins. */
  steps: number[];
  /** Whether small numbers are the bad ones. */
  lowIsBad?: boolean;
}

/** A link above 200 ms, or that loses 5 %, counts as impaired; the other bounds lead there. */
export const SCALES: Scale[] = [
  { metric: 'latency_ms', title: 'Latency', unit: 'ms', steps: [25, 50, 100, 200, 400] },
  { metric: 'packet_loss', title: 'Packet loss', unit: 'percent', steps: [0.25, 0.5, 1, 2, 5] },
  { metric: 'jitter_ms', title: 'Jitter', unit: 'ms', steps: [2, 5, 10, 20, 50] },
  { metric: 'bandwidth_mbps', title: 'Bandwidth', unit: 'mbps', steps: [2, 5, 10, 25, 50], lowIsBad: true },
];

export function scaleOf(metric: string): Scale {
  return SCALES.find((scale) => scale.metric === metric) ?? SCALES[0];
}

export function latencyTone(millis: number): 'ok' | 'warning' | 'critical' {
  return millis < 100 ? 'ok' : millis < 200 ? 'warning' : 'critical';
}
