import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from './styles';

export interface Choice {
  value: string;
  label: string;
}

/** A few choices side by side, one taken. Fires `choose` with the value as detail. */
@customElement('ps-segmented')
export class Segmented extends LitElement {
  static styles = [
    shared,
    css`
      :host { display: inline-block; }
      div { display: inline-flex; padding: 2px; gap: 2px; background: var(--raised); border-radius: 8px; }
      button {
        height: 24px; padding: 0 10px; border: 0; border-radius: 6px; background: none;
        color: var(--text-soft); font-size: 12px; font-weight: 500; cursor: pointer; white-space: nowrap;
      }
      button:hover { color: var(--text); }
      button[aria-pressed='true'] { background: var(--surface); color: var(--text); box-shadow: 0 0 0 1px var(--line); }
      @media (pointer: coarse) { button { height: 32px; } }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) choices: Choice[] = [];

  render() {
    return html`<div role="group" aria-label=${this.label}>
      ${this.choices.map(({ value, label }) => html`
        <button aria-pressed=${value === this.value} @click=${() => this.choose(value)}>${label}</button>`)}
    </div>`;
  }

  private choose(value: string) {
    this.dispatchEvent(new CustomEvent('choose', { detail: value }));
  }
}
