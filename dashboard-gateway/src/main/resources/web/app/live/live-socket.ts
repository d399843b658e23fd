import type { Frame } from './frames';

export type Connection = 'connecting' | 'live' | 'waiting' | 'signed-out';

interface Listener {
  frame(frame: Frame): void;
  connection(state: Connection): void;
  /** A connection has come up: what follows is the whole state again. */
  opened(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** The gateway says something every few seconds; a socket this quiet is dead, whatever the browser thinks. */
const QUIET_MS = 40_000;
const WATCH_MS = 2_000;
/** A session that nothing is asked with ends; a page that stays open is a use of it. */
const PRESENCE_MS = 60_000;
const CREDENTIAL_ENDED = 4001;
/** The gateway takes a hundred subscriptions. */
const MOST_SHOWN = 60;
/** Large frames come as gzip: a tenth of the bytes. */
const PACKED = '?encoding=gzip';

/**
 * Keeps one WebSocket to the gateway: comes back by itself, with pauses that grow and are spread so that thousands of
 * pages do not return in one moment, and asks for the alerts it missed.
 */
export class LiveSocket {
  private socket?: WebSocket;
  private failures = 0;
  private timer = 0;
  private watchdog = 0;
  private heardAt = 0;
  private presence = 0;
  private epoch?: string;
  private offset = 0;
  private wanted = false;
  private packed = 'DecompressionStream' in window;
  private shown = new Set<string>();
  /** The messages so far, the last of which may still be unpacked: none overtakes another. */
  private read: Promise<void> = Promise.resolve();

  constructor(private readonly listener: Listener, private readonly stillSignedIn: () => Promise<boolean>) {}

  start() {
    if (this.wanted) return;
    this.wanted = true;
    this.connect();
    this.presence = window.setInterval(() => this.socket?.readyState === WebSocket.OPEN && void this.stillSignedIn(), PRESENCE_MS);
    this.watchdog = window.setInterval(() => performance.now() - this.heardAt > QUIET_MS && this.socket?.close(), WATCH_MS);
    window.addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
  }

  stop() {
    this.wanted = false;
    clearTimeout(this.timer);
    clearInterval(this.watchdog);
    clearInterval(this.presence);
    window.removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    this.socket?.close();
    this.socket = undefined;
  }

  /** Hosts that somebody looks at at this moment: they come at once, all others with the frame of the next second. */
  show(hosts: readonly string[]) {
    const before = this.shown;
    this.shown = new Set(hosts.slice(0, MOST_SHOWN));
    this.tell('unsubscribe', [...before].filter((host) => !this.shown.has(host)));
    this.tell('subscribe', [...this.shown].filter((host) => !before.has(host)));
  }

  private tell(what: 'subscribe' | 'unsubscribe', hosts: string[]) {
    if (hosts.length && this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ [what]: words(hosts) }));
  }

  private connect() {
    this.listener.connection('connecting');
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/monitor${this.packed ? PACKED : ''}`);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = performance.now();
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (message) => this.arrived(socket, message.data);
    socket.onclose = (event) => {
      if (this.socket === socket) void this.closed(event.code);
    };
  }

  private opened(socket: WebSocket) {
    if (this.epoch) {
      socket.send(JSON.stringify({ resume: { epoch: this.epoch, offset: this.offset } }));
    }
    socket.send(JSON.stringify({ subscribe: ['hosts', ...words(this.shown)] }));
    this.listener.opened();
  }

  private arrived(socket: WebSocket, data: string | ArrayBuffer) {
    this.heardAt = performance.now();
    const text = typeof data === 'string' ? data : unpacked(data).catch(() => null);
    this.read = this.read.then(async () => this.take(socket, await text)).catch((error) => console.error('a frame could not be shown', error));
  }

  /** What a socket brought that was given up since, its successor brings again. */
  private take(socket: WebSocket, text: string | null) {
    if (this.socket !== socket) return;
    if (text !== null) this.received(socket, JSON.parse(text));
    else this.withoutPacking(socket);
  }

  /** Nothing that came after a frame which is lost counts: all of it comes again, as text. */
  private withoutPacking(socket: WebSocket) {
    console.warn('a frame could not be unpacked; from now on they come as text');
    this.packed = false;
    this.socket = undefined;
    socket.close();
    void this.closed(0);
  }

  private received(socket: WebSocket, frame: Frame) {
    if (frame.type === 'hello') {
      this.failures = 0;
      // An offset of ours stays until its alerts have come; the gateway's counts only for a new epoch.
      if (frame.epoch !== this.epoch) {
        this.epoch = frame.epoch;
        this.offset = frame.offset;
      }
      // It may have waited for a larger one to be unpacked while the socket closed.
      if (socket.readyState === WebSocket.OPEN) this.listener.connection('live');
    } else if (frame.type === 'alert') {
      this.offset = Math.max(this.offset, frame.offset);
    }
    this.listener.frame(frame);
  }

  private async closed(code: number) {
    if (!this.wanted) return;
    this.listener.connection('waiting');
    // The browser hides why an upgrade was refused, so ask.
    if ((code === CREDENTIAL_ENDED || this.failures > 0) && !(await this.stillSignedIn())) {
      this.listener.connection('signed-out');
      return;
    }
    if (!this.wanted) return;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures++);
    this.timer = window.setTimeout(() => this.connect(), pause / 2 + Math.random() * pause);
  }

  private readonly hurry = () => {
    if (this.socket?.readyState === WebSocket.CLOSED && document.visibilityState === 'visible') {
      clearTimeout(this.timer);
      this.connect();
    }
  };
}

function unpacked(data: ArrayBuffer): Promise<string> {
  return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

function words(hosts: Iterable<string>): string[] {
  return [...hosts].map((host) => `host:${host}`);
}
