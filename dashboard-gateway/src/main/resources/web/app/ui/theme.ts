import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Dark or light: as the system says, until somebody chooses. The choice is this browser's. */
export type Theme = 'dark' | 'light';

const STORED = 'peerscope-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
/** Kept, and changed by the event only: whoever reads `matches` before the event keeps it from coming. */
let systemTheme: Theme = system.matches ? 'dark' : 'light';

function chosen(): Theme | null {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === 'dark' || stored === 'light' ? stored : null;
  } catch {
    return null;
  }
}

function show() {
  document.documentElement.dataset.theme = theme();
  listeners.forEach((listener) => listener());
}

export function theme(): Theme {
  return chosen() ?? systemTheme;
}

export function toggleTheme() {
  const next = theme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Without storage the system's theme it stays.
  }
  show();
}

/** For what is painted and not styled. @returns how to stop listening */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draws its component anew with the theme: for colours that styles do not know. */
export class Themed implements ReactiveController {
  private forget?: () => void;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected() {
    this.forget = onThemeChange(() => this.host.requestUpdate());
  }

  hostDisconnected() {
    this.forget?.();
  }
}

system.addEventListener('change', ({ matches }) => {
  systemTheme = matches ? 'dark' : 'light';
  show();
});
show();
