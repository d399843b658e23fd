import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { moment, plural } from '../format';
import { tallyStyles, tallySum, type Tally } from '../hosts/tally';
import { Placed, address, place } from '../place/place';
import { cells, chip } from '../ui/cells';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

interface Receipt extends Tally {
  receipt: string;
  state: 'in_flight' | 'stored';
  records: { host: string; received_at: string }[];
}

const REFRESH_MS = 2_000;

/** What became of one request, by the receipt in its answer. */
@customElement('ps-receipt')
export class ReceiptLookup extends LitElement {
  static styles = [shared, pageStyles, cells, tallyStyles, css`form { display: flex; gap: 8px; } .input { width: min(340px, 52vw); } .pad { color: var(--text-soft); }`];

  private readonly receipt: Loaded<Receipt> = new Loaded<Receipt>(this, () => place.param('receipt') || null,
    (signal) => api.get(`/api/v1/ingest/receipts/${encodeURIComponent(place.param('receipt'))}`, {}, signal),
    (): number => (this.receipt.value?.state === 'in_flight' ? REFRESH_MS : 0));

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.receipt;
    return html`<section class="panel" aria-label="Receipt"><header><h2>What became of a request</h2>${value ? chip(value.state.replace('_', ' '), value.state === 'stored' ? 'ok' : 'info') : nothing}<span class="push"></span>
        <form @submit=${this.look}><input class="input" name="receipt" placeholder="Receipt" aria-label="Receipt" .value=${place.param('receipt')}><button class="button">Look</button></form></header>
      ${error ? html`<p class="pad" role="alert">${error.message}</p>` : value ? html`${tallySum(value)}
        <p class="pad">${value.records.map(({ host, received_at }, at) => html`${at ? ', ' : ''}<a href="${address.host(host)}?view=ledger">${host}</a> ${moment(received_at, true)}`)} · ${plural(value.records.length, 'record')}</p>`
        : html`<p class="pad">Every accepted request is answered with a receipt. Paste one to see where its samples went.</p>`}</section>`;
  }

  private readonly look = (event: SubmitEvent) => {
    event.preventDefault();
    place.set({ receipt: String(new FormData(event.target as HTMLFormElement).get('receipt')).trim() });
  };
}
