import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ApiError } from '../api';

const KEPT_MS = 60_000;
const MOST_KEPT = 20;
const answers = new Map<string, { value: unknown; at: number }>();

/**
 * What the server answers to a question that may change with its component. The last answer stays while the next one is on its
 * way, so nothing flickers; an answer that is overtaken is dropped. Who comes back to a page within a minute finds it as he left
 * it until then, where the component says so.
 */
export class Loaded<T> implements ReactiveController {
  value?: T;
  error?: ApiError;
  loading = false;

  private connected = false;
  private asked?: string;
  private abort?: AbortController;
  private timer = 0;

  /**
   * @param key what the question depends on; null: there is nothing to ask
   * @param every milliseconds after which it is asked again while somebody looks; 0: never
   * @param kept names the question among all that are kept for who comes back; empty: it is not
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly key: () => string | null,
    private readonly load: (signal: AbortSignal) => Promise<T>,
    private readonly every: () => number = () => 0,
    private readonly kept = '',
  ) {
    host.addController(this);
  }

  hostConnected() {
    this.connected = true;
    document.addEventListener('visibilitychange', this.seen);
  }

  hostUpdate() {
    // Lit updates once more who has just been taken off the page.
    if (!this.connected) return;
    const key = this.key();
    if (key === this.asked) return;
    this.asked = key ?? undefined;
    if (key === null) {
      this.abort?.abort();
      this.value = undefined;
      this.error = undefined;
      return;
    }
    if (this.kept && this.value === undefined) this.value = this.recalled(key);
    void this.ask();
  }

  hostDisconnected() {
    this.connected = false;
    document.removeEventListener('visibilitychange', this.seen);
    clearTimeout(this.timer);
    this.abort?.abort();
    this.asked = undefined;
  }

  /** Asks again, at once. */
  async again(): Promise<void> {
    if (this.asked !== undefined) await this.ask();
  }

  private async ask() {
    clearTimeout(this.timer);
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading = true;
    try {
      const value = await this.load(abort.signal);
      if (abort.signal.aborted) return;
      this.value = value;
      this.error = undefined;
      if (this.kept) this.keep(value);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error as ApiError;
    }
    this.loading = false;
    const pause = this.every();
    if (pause > 0) this.timer = window.setTimeout(() => document.visibilityState === 'visible' && void this.ask(), pause);
    this.host.requestUpdate();
  }

  private recalled(key: string): T | undefined {
    const known = answers.get(`${this.kept}|${key}`);
    return known && performance.now() - known.at < KEPT_MS ? (known.value as T) : undefined;
  }

  private keep(value: T) {
    const name = `${this.kept}|${this.asked}`;
    answers.delete(name);
    answers.set(name, { value, at: performance.now() });
    if (answers.size > MOST_KEPT) answers.delete(answers.keys().next().value!);
  }

  private readonly seen = () => {
    if (document.visibilityState === 'visible' && this.every() > 0 && this.asked !== undefined && !this.loading) void this.ask();
  };
}
