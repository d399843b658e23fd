import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from './styles';

/** Nothing to show, and what to do about it. */
@customElement('ps-empty')
export class Empty extends LitElement {
  static styles = [
    shared,
    css`
      div { display: grid; justify-items: center; gap: 4px; padding: 38px 24px; text-align: center; }
      b { font-size: 14px; font-weight: 600; }
      p { max-width: 62ch; color: var(--text-soft); }
      ::slotted(*) { margin-top: 10px; max-width: 100%; }
    `,
  ];

  @property() heading = '';
  @property() text = '';

  render() {
    return html`<div><b>${this.heading}</b><p>${this.text}</p><slot></slot></div>`;
  }
}
