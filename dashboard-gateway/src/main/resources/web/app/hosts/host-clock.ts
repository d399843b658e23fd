import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, moment } from '../format';
import { address } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { CLOCK_TONES, added, wrongBy, type ClockVerdict } from './correction';

interface Jump {
  at: string;
  before_ms: number;
  after_ms: number;
}

interface Day {
  day: string;
  corrected_samples: number;
  least_ms: number;
  most_ms: number;
  ahead_ms: number;
  jumps: number;
  late: number;
  duplicate: number;
  too_new: number;
  too_old: number;
}

interface Clock {
  correction_ms: number;
  verdict: ClockVerdict;
  since: string | null;
  jumps: number;
  changes: Jump[];
  days: Day[];
  most_ahead_ms: number;
}

const REFRESH_MS = 10_000;
const JUMPS: Column<Jump>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => moment(at, true), text: ({ at }) => at },
  { key: 'before', title: 'Was', cell: ({ before_ms }) => wrongBy(before_ms), text: ({ before_ms }) => before_ms },
  { key: 'after', title: 'Then', cell: ({ after_ms }) => html`<b>${wrongBy(after_ms)}</b>`, text: ({ after_ms }) => after_ms },
];

/** How wrong a host's clock is, what was done about it, and that it did nobody any harm. */
@customElement('ps-host-clock')
export class HostClock extends LitElement {
  static styles = [shared, pageStyles, cells];

  @property() name = '';
  private readonly clock = new Loaded<Clock>(this, () => this.name, (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/clock`, {}, signal), () => REFRESH_MS);

  render() {
    const { value, error } = this.clock;
    if (!value) return error ? html`<section class="panel" aria-label="Clock"><p class="pad" role="alert">${error.message}</p></section>` : html`<p class="soft">Loading …</p>`;
    return html`<div class="stack">${this.tiles(value)}${value.since ? html`${this.days(value)}${this.changes(value)}` : this.right(value)}</div>`;
  }

  private tiles({ correction_ms, verdict, since, jumps, days, most_ahead_ms }: Clock) {
    const tile = (title: string, value: unknown, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    const furthest = days.length ? Math.max(...days.map(({ ahead_ms }) => ahead_ms)) : null;
    const [today] = days;
    return html`<dl class="tiles">
      ${tile('Clock of the host', chip(wrongBy(correction_ms), CLOCK_TONES[verdict]), since ? `since ${moment(since, true)}` : 'it never was otherwise')}
      ${tile('Added to its times', added(correction_ms), 'from when batches were sent and received, the quickest way of all')}
      ${tile('Jumps', count(jumps), jumps ? 'how often the correction changed' : 'its clock was never set')}
      ${tile('Corrected samples', count(today?.corrected_samples ?? 0), today ? `on ${today.day}` : 'none, ever')}
      ${tile('Furthest ahead', furthest === null ? '–' : `${count(furthest)} ms`, `of its receipt, once corrected; never more than ${count(most_ahead_ms)} ms`)}</dl>`;
  }

  private right({ most_ahead_ms }: Clock) {
    return html`<section class="panel" aria-label="Corrections"><ps-empty heading="Nothing had to be corrected" text="Its clock is right to a second or two. Should it ever be wrong, its samples are put to the time at which they were measured, at most ${most_ahead_ms} ms ahead of their receipt, and what was done stands here."></ps-empty></section>`;
  }

  private days({ days, most_ahead_ms }: Clock) {
    const columns: Column<Day>[] = [
      { key: 'day', title: 'Day (UTC)', cell: ({ day }) => html`<a href="${address.host(this.name)}?view=ledger">${day}</a>`, text: ({ day }) => day },
      { key: 'corrected', title: 'Corrected', right: true, cell: ({ corrected_samples }) => count(corrected_samples), text: ({ corrected_samples }) => corrected_samples },
      { key: 'by', title: 'By', right: true, from: 'phone', cell: ({ least_ms, most_ms }) => (least_ms === most_ms ? added(least_ms) : `${added(least_ms)} to ${added(most_ms)}`), text: ({ least_ms, most_ms }) => `${least_ms} ${most_ms}` },
      { key: 'ahead', title: 'Furthest ahead', right: true, cell: ({ ahead_ms }) => chip(`${count(ahead_ms)} ms`, ahead_ms <= most_ahead_ms ? 'ok' : 'critical'), text: ({ ahead_ms }) => ahead_ms },
      { key: 'jumps', title: 'Jumps', right: true, cell: ({ jumps }) => count(jumps), text: ({ jumps }) => jumps },
      { key: 'late', title: 'Too late', right: true, from: 'phone', cell: ({ late }) => count(late), text: ({ late }) => late },
      { key: 'duplicate', title: 'Sent twice', right: true, from: 'phone', cell: ({ duplicate }) => count(duplicate), text: ({ duplicate }) => duplicate },
      { key: 'refused', title: 'Refused for their time', right: true, from: 'phone', cell: ({ too_new, too_old }) => count(too_new + too_old), text: ({ too_new, too_old }) => too_new + too_old },
    ];
    return html`<section class="panel" aria-label="Days with corrections"><header><h2>What was corrected</h2></header>
      <p class="pad soft">Windows are kept for each host by itself, and none of its samples counts as further ahead of its receipt than ${count(most_ahead_ms)} ms. So a wrong clock moves no window of any other host; of its own, a sample is counted once, at its corrected time.</p>
      <ps-table label="Days with corrections" file="clock-${this.name}" .columns=${columns} .rows=${days} .rowKey=${({ day }: Day) => day} .total=${days.length}>
        <ps-empty slot="empty" heading="No day is kept any more" text="What was corrected is kept as long as the ledger."></ps-empty></ps-table></section>`;
  }

  private changes({ changes, jumps }: Clock) {
    return html`<section class="panel" aria-label="Jumps"><header><h2>Jumps</h2>${jumps > changes.length ? html`<span class="count">the newest ${changes.length} of ${count(jumps)}</span>` : nothing}</header>
      <ps-table label="Jumps" file="jumps-${this.name}" .columns=${JUMPS} .rows=${changes} .total=${changes.length} .pageSize=${100}></ps-table></section>`;
  }
}
