import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ApiError } from '../api';

/**
 * What the server answers to a question that may change with its component. The last answer stays while the next one is on its
 * way, so nothing flickers; an answer that is overtaken is dropped.
 */
export class Loaded<T> implements ReactiveController {
  value?: T;
  error?: ApiError;
  loading = false;

  private asked?: string;
  private abort?: AbortController;
  private timer = 0;

  /**
   * @param key what the question depends on; null: there is nothing to ask
   * @param every milliseconds after which it is asked again while somebody looks; 0: never
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly key: () => string | null,
    private readonly load: (signal: AbortSignal) => Promise<T>,
    private readonly every: () => number = () => 0,
  ) {
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.seen);
  }

  hostUpdate() {
    const key = this.key();
    if (key === this.asked) return;
    this.asked = key ?? undefined;
    if (key === null) {
      this.abort?.abort();
      this.value = undefined;
      this.error = undefined;
      return;
    }
    void this.ask();
  }

  hostDisconnected() {
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
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error as ApiError;
    }
    this.loading = false;
    const pause = this.every();
    if (pause > 0) this.timer = window.setTimeout(() => document.visibilityState === 'visible' && void this.ask(), pause);
    this.host.requestUpdate();
  }

  private readonly seen = () => {
    if (document.visibilityState === 'visible' && this.every() > 0 && this.asked !== undefined && !this.loading) void this.ask();
  };
}
