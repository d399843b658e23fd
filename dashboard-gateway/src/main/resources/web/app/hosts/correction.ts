import { span } from '../format';

export type ClockVerdict = 'ahead' | 'behind' | 'right';

export const CLOCK_TONES: Record<ClockVerdict, string> = { ahead: 'warning', behind: 'warning', right: 'ok' };

/** By how much a clock is wrong, in words; what is added to its times is the opposite. */
export function wrongBy(correctionMs: number): string {
  if (correctionMs === 0) return 'right';
  return `${span(Math.abs(correctionMs))} ${correctionMs < 0 ? 'ahead' : 'behind'}`;
}

/** What is added to a host's times. */
export function added(correctionMs: number): string {
  return correctionMs === 0 ? 'nothing' : `${correctionMs < 0 ? '−' : '+'}${span(Math.abs(correctionMs))}`;
}
