import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { api } from '../api';
import { LiveSocket } from './live-socket';
import { LiveStore, type Part } from './live-store';

export const store = new LiveStore();

export const socket = new LiveSocket(
  {
    frame: (frame) => store.apply(frame),
    connection: (state) => store.connectionChanged(state),
    opened: () => store.opened(),
  },
  // A server that does not answer has not signed anybody out.
  () => api.session().then((session) => session !== null, () => true),
);

/** Redraws its component when what it shows of the live state changes, and each second where ages are shown. */
export class Live implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly also?: { of?: Part[]; ticks?: boolean; changed?: () => void },
  ) {
    host.addController(this);
  }

  hostConnected() {
    store.addEventListener('change', this.change);
    if (this.also?.ticks) store.addEventListener('tick', this.tick);
  }

  hostDisconnected() {
    store.removeEventListener('change', this.change);
    store.removeEventListener('tick', this.tick);
  }

  private readonly change = (event: Event) => {
    const { of } = this.also ?? {};
    if (of && !of.some((part) => (event as CustomEvent<Set<Part>>).detail.has(part))) return;
    this.also?.changed?.();
    this.host.requestUpdate();
  };

  private readonly tick = () => this.host.requestUpdate();
}

/** Tells the gateway which hosts its component shows, so that these do not wait for the others. */
export class Shown implements ReactiveController {
  private told = '';
  private connected = false;

  constructor(host: ReactiveControllerHost, private readonly hosts: () => string[]) {
    host.addController(this);
  }

  hostConnected() {
    this.connected = true;
  }

  hostUpdated() {
    // Lit updates once more who has just been taken off the page.
    if (this.connected) this.tell(this.hosts());
  }

  hostDisconnected() {
    this.connected = false;
    this.tell([]);
  }

  private tell(hosts: string[]) {
    const all = hosts.join();
    if (all === this.told) return;
    this.told = all;
    socket.show(hosts);
  }
}
