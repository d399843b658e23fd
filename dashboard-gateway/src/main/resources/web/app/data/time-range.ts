import { store } from '../live/live';
import { place } from '../place/place';

/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const RANGES = [
  { value: '15m', label: '15 min', millis: 15 * MINUTE },
  { value: '1h', label: '1 h', millis: HOUR },
  { value: '6h', label: '6 h', millis: 6 * HOUR },
  { value: '24h', label: '24 h', millis: DAY },
  { value: '7d', label: '7 d', millis: 7 * DAY },
  { value: '30d', label: '30 d', millis: 30 * DAY },
];

const USUAL = '1h';
const SHORTEST = MINUTE;

/**
 * The time that a page looks at; the address holds it. `range=1h` moves with the clock, `from` and `to` stand still: what
 * somebody sends to a colleague shows the same.
 */
export const timeRange = {
  /** The moving range that is chosen; empty while time stands still. */
  get word(): string {
    if (this.fixed) return '';
    const word = place.param('range');
    return RANGES.some(({ value }) => value === word) ? word : USUAL;
  },

  get fixed(): Stretch | null {
    const from = Number(place.param('from'));
    const to = Number(place.param('to'));
    return from > 0 && to >= from + SHORTEST / 2 ? { from, to } : null;
  },

  get live(): boolean {
    return this.fixed === null;
  },

  get length(): number {
    const fixed = this.fixed;
    return fixed ? fixed.to - fixed.from : RANGES.find(({ value }) => value === this.word)!.millis;
  },

  now(): Stretch {
    const to = store.now();
    return this.fixed ?? { from: to - this.length, to };
  },

  choose(word: string) {
    place.set({ range: word === USUAL ? null : word, from: null, to: null }, true);
  },

  zoom({ from, to }: Stretch) {
    const middle = (from + to) / 2;
    const half = Math.max(SHORTEST, to - from) / 2;
    place.set({ range: null, from: String(Math.round(middle - half)), to: String(Math.round(middle + half)) }, true);
  },

  /** Twice as much, around the same middle, but not into the future. */
  widen() {
    const { from, to } = this.now();
    const end = Math.min(store.now(), to + (to - from) / 2);
    this.zoom({ from: end - 2 * (to - from), to: end });
  },

  pause() {
    this.zoom(this.now());
  },

  resume() {
    const fits = RANGES.find(({ millis }) => millis >= this.length * 0.99) ?? RANGES.at(-1)!;
    this.choose(fits.value);
  },

  /** What a question about this time depends on. */
  get key(): string {
    const fixed = this.fixed;
    return fixed ? `${fixed.from}-${fixed.to}` : this.word;
  },

  /** How often a chart of this time is worth asking for again. */
  get every(): number {
    return this.live ? Math.min(60_000, Math.max(5_000, this.length / 360)) : 0;
  },
};
