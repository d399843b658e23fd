import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from './icons';
import { shared } from './styles';

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}

const SHOWN_MS = 5000;
const told = new EventTarget();
let last = 0;

/** A word on what has just been done. */
export function say(text: string, bad = false) {
  told.dispatchEvent(new CustomEvent<Toast>('toast', { detail: { id: ++last, text, bad } }));
}

@customElement('ps-toasts')
export class Toasts extends LitElement {
  static styles = [
    shared,
    css`
      :host { position: fixed; right: 16px; bottom: 16px; z-index: 30; display: grid; gap: 8px; max-width: min(420px, calc(100vw - 32px)); }
      div { display: flex; gap: 9px; padding: 10px 14px; border: 1px solid var(--line-strong); border-radius: 9px; background: var(--surface); box-shadow: 0 10px 30px rgb(0 0 0 / 26%); overflow-wrap: anywhere; }
      div svg { flex: none; margin-top: 2px; color: var(--ok); }
      .bad { border-color: var(--critical-fill); color: var(--critical); }
    `,
  ];

  @state() private toasts: Toast[] = [];

  connectedCallback() {
    super.connectedCallback();
    told.addEventListener('toast', this.show);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    told.removeEventListener('toast', this.show);
  }

  render() {
    return repeat(this.toasts, ({ id }) => id, ({ text, bad }) => html`<div class=${bad ? 'bad' : ''} role="status">${bad ? '' : icons.check}<span>${text}</span></div>`);
  }

  private readonly show = (event: Event) => {
    const { detail } = event as CustomEvent<Toast>;
    this.toasts = [...this.toasts.slice(-3), detail];
    setTimeout(() => (this.toasts = this.toasts.filter(({ id }) => id !== detail.id)), SHOWN_MS);
  };
}
