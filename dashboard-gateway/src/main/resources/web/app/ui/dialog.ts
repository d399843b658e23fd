import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icons } from './icons';
import { shared } from './styles';

/** A window over the page; open as long as it is there. Fires `close` when somebody has had enough of it. */
@customElement('ps-dialog')
export class Dialog extends LitElement {
  static styles = [
    shared,
    css`
      dialog {
        width: min(var(--dialog-width, 520px), calc(100vw - 24px)); max-height: calc(100dvh - 40px); padding: 0; overflow: hidden;
        border: 1px solid var(--line-strong); border-radius: 12px; background: var(--surface); color: var(--text);
        box-shadow: 0 24px 70px rgb(0 0 0 / 38%);
      }
      dialog[open] { display: flex; flex-direction: column; }
      dialog::backdrop { background: rgb(6 9 15 / 52%); }
      header { display: flex; align-items: center; gap: 10px; padding: 14px 12px 10px 18px; }
      h2 { font-size: 15px; }
      .body { padding: 2px 18px 18px; overflow-y: auto; }
    `,
  ];

  @property() heading = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  private returnTo?: Element | null;

  render() {
    return html`<dialog aria-label=${this.heading} @close=${this.closed} @click=${this.clicked}>
      <header><h2>${this.heading}</h2>
        <button class="button icon push" @click=${() => this.dialog.close()} aria-label="Close">${icons.close}</button></header>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  protected firstUpdated() {
    this.returnTo = document.activeElement;
    this.dialog.showModal();
    // `autofocus` in the light DOM of another shadow root is not found by showModal.
    const wanted = this.querySelector<HTMLElement>('[autofocus]');
    wanted?.focus();
  }

  private closed() {
    this.dispatchEvent(new Event('close'));
    if (this.returnTo instanceof HTMLElement) this.returnTo.focus();
  }

  private clicked(event: MouseEvent) {
    if (event.target === this.dialog) this.dialog.close();
  }
}
