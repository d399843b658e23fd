import { css, html } from 'lit';
import { count } from '../format';

/** Where samples went: what was accepted is the sum of all that follows. */
export interface Tally {
  accepted: number;
  stored: number;
  duplicate: number;
  late: number;
  quarantined: number;
  /** Null where there is too much to be counted now. */
  in_flight: number | null;
  rejected: number;
}

/** What is booked of a host on a day; what is on its way is not in it. */
export interface Account {
  host: string;
  day: string;
  sent: number;
  accepted: number;
  stored: number;
  duplicate: number;
  late: number;
  quarantined: number;
  rejected: number;
  reasons: Record<string, number>;
}

export function tallySum({ accepted, stored, duplicate, late, quarantined, in_flight, rejected }: Tally) {
  const part = (number: number | null, word: string) => html`<div><b>${count(number)}</b><span>${word}</span></div>`;
  return html`<div class="sum">${part(accepted, 'accepted')}<i>=</i>${part(stored, 'stored')}<i>+</i>${part(duplicate, 'sent twice')}<i>+</i>${part(late, 'too late')}<i>+</i>${part(quarantined, 'quarantined')}<i>+</i>${part(in_flight, 'on their way')}
    <span class="push"></span>${part(rejected, 'refused at the door')}</div>`;
}

export const tallyStyles = css`
  .sum { display: flex; flex-wrap: wrap; gap: 8px 26px; align-items: baseline; padding: 16px 14px; font-variant-numeric: tabular-nums; }
  .sum div { display: grid; } .sum b { font-size: 19px; font-weight: 600; } .sum span { font-size: 12px; color: var(--text-faint); } .sum i { font-style: normal; font-size: 17px; color: var(--text-faint); }
`;
