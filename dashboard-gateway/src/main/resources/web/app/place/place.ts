import type { ReactiveController, ReactiveControllerHost } from 'lit';

export const HOME = '/p2p/monitoring';

/** Where the browser is. Fires `moved` for another page and `changed` for other parameters of the same page. */
class Place extends EventTarget {
  private shown = '';

  constructor() {
    super();
    this.shown = this.path;
    window.addEventListener('popstate', () => this.announce());
    document.addEventListener('click', (event) => this.follow(event));
  }

  get path(): string {
    return location.pathname.replace(/\/+$/, '') || '/';
  }

  get params(): URLSearchParams {
    return new URLSearchParams(location.search);
  }

  param(name: string): string {
    return this.params.get(name) ?? '';
  }

  go(address: string) {
    history.pushState(null, '', address);
    this.announce();
  }

  /** Sets parameters and keeps the rest; what is empty is left out of the address. Typing makes no history. */
  set(changes: Record<string, string | null>, remember = false) {
    const params = this.params;
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    const query = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
    const address = location.pathname + (query ? `?${query}` : '');
    if (address === location.pathname + location.search) return;
    if (remember) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    this.dispatchEvent(new Event('changed'));
  }

  private announce() {
    const moved = this.path !== this.shown;
    this.shown = this.path;
    if (moved) this.dispatchEvent(new Event('moved'));
    this.dispatchEvent(new Event('changed'));
  }

  /** Links to our own pages are followed without a reload. */
  private follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
    if (!link?.href || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== HOME && !link.pathname.startsWith(`${HOME}/`)) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}

export const place = new Place();

/** Redraws its component when the address changes. */
export class Placed implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost, private readonly changed?: () => void) {
    host.addController(this);
  }

  hostConnected() {
    place.addEventListener('changed', this.change);
  }

  hostDisconnected() {
    place.removeEventListener('changed', this.change);
  }

  private readonly change = () => {
    this.changed?.();
    this.host.requestUpdate();
  };
}

export const address = {
  host: (name: string) => `${HOME}/hosts/${encodeURIComponent(name)}`,
  alert: (id: string) => `${HOME}/alerts/${encodeURIComponent(id)}`,
  alerts: (view: string, params: Record<string, string> = {}) => `${HOME}/alerts?${new URLSearchParams({ view, ...params })}`,
  link: (a: string, b: string) => `${HOME}/network/${encodeURIComponent(a)}/${encodeURIComponent(b)}`,
};
