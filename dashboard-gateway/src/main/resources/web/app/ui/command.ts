import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icons } from './icons';
import { shared } from './styles';

/** A command to copy into a terminal. */
@customElement('ps-command')
export class Command extends LitElement {
  static styles = [
    shared,
    css`
      :host { position: relative; }
      pre {
        margin: 0; padding: 12px 44px 12px 14px; overflow-x: auto; border: 1px solid var(--line);
        border-radius: var(--radius-small); background: var(--raised); font: 12px/1.6 var(--mono); text-align: left;
      }
      .button.icon { position: absolute; top: 6px; right: 6px; background: var(--raised); }
    `,
  ];

  @property() text = '';
  @state() private copied = false;

  render() {
    return html`<pre tabindex="0"><code>${this.text}</code></pre>
      <button class="button icon" @click=${this.copy} aria-label="Copy the command" title="Copy">
        ${this.copied ? icons.check : icons.copy}
      </button>
      <span class="visually-hidden" role="status">${this.copied ? 'Copied' : ''}</span>`;
  }

  private async copy() {
    await navigator.clipboard?.writeText(this.text);
    this.copied = true;
    setTimeout(() => (this.copied = false), 1500);
  }
}
