import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { mayRule } from '../session/session';
import { cells } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pairsText } from '../ui/form';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import './inhibition-dialog';

interface Inhibition {
  id: string;
  source_matchers: Record<string, string>;
  target_matchers: Record<string, string>;
  equal: string[];
}

const REFRESH_MS = 15_000;

/** Which alerts are not worth a message while others are on. */
@customElement('ps-inhibitions')
export class InhibitionsView extends LitElement {
  static styles = [shared, pageStyles, cells];

  @state() private making = false;
  private readonly inhibitions = new Loaded<{ inhibitions: Inhibition[] }>(this, () => 'all', (signal) => api.get('/api/v1/inhibitions', { page_size: 200 }, signal), () => REFRESH_MS);

  render() {
    const rows = this.inhibitions.value?.inhibitions;
    const make = () => (this.making = true);
    return html`<section class="panel" aria-label="Inhibitions">
      <header><h2>Inhibitions</h2><span class="count">${rows?.length || ''}</span><span class="push"></span>
        ${mayRule() ? html`<button class="button primary" @click=${make}>${icons.plus} New inhibition</button>` : nothing}</header>
      <ps-table label="Inhibitions" .columns=${this.columns()} .rows=${rows} .rowKey=${({ id }: Inhibition) => id} .error=${this.inhibitions.error?.message ?? ''}>
        <ps-empty slot="empty" heading="Nothing holds anything back" text="When a host is down, everything on it fires. An inhibition says what follows from what: while the cause is on, no message goes out for its consequences. They stay visible here, and what still fires when the cause is over is told then.">
          ${mayRule() ? html`<button class="button" @click=${make}>Say what follows from what</button>` : nothing}</ps-empty>
      </ps-table></section>
      ${this.making ? html`<ps-inhibition-dialog @done=${() => this.inhibitions.again()} @close=${() => (this.making = false)}></ps-inhibition-dialog>` : nothing}`;
  }

  private columns(): Column<Inhibition>[] {
    return [
      { key: 'id', title: 'Inhibition', lead: true, cell: ({ id }) => html`<b class="wrap">${id}</b>` },
      { key: 'source', title: 'While this is on', cell: ({ source_matchers }) => html`<span class="mono wrap">${pairsText(source_matchers)}</span>` },
      { key: 'target', title: 'This is not told', cell: ({ target_matchers }) => html`<span class="mono wrap">${pairsText(target_matchers)}</span>` },
      { key: 'equal', title: 'With the same', from: 'phone', cell: ({ equal }) => (equal.length ? html`<span class="mono wrap">${equal.join(', ')}</span>` : html`<span class="faint">anywhere</span>`) },
      { key: 'actions', title: '', right: true, cell: ({ id }) => (mayRule() ? html`<span class="row-actions"><button class="button" aria-label="Remove ${id}" @click=${() => this.erase(id)}>Remove</button></span>` : nothing) },
    ];
  }

  /** Not `remove`: that is what takes an element off the page. */
  private async erase(id: string) {
    try {
      await api.send('DELETE', `/api/v1/inhibitions/${encodeURIComponent(id)}`);
      say('Removed; what it held back and still fires is told now');
      await this.inhibitions.again();
    } catch (error) {
      say((error as Error).message, true);
    }
  }
}
