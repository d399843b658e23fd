import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { moment } from '../format';
import { Live, store } from '../live/live';
import { address } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { field, formError, formStyles, pairs } from '../ui/form';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import './agent-setup';
import { end, expiry, lastUse, lifetime, type Token } from './tokens';

interface Issued {
  host: string;
  token: string;
}

/** Lets hosts in: their tokens, and what to paste on their machine. */
@customElement('ps-host-tokens')
export class HostTokens extends LitElement {
  static styles = [shared, pageStyles, cells, formStyles, css`
    .grid { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 12px; align-items: start; }
    .look { display: flex; gap: 8px; align-items: end; } .look label { flex: 1; }
    .ending { grid-column: 1 / -1; }
    .ask { margin-bottom: 10px; }
    @media (max-width: 1000px) { .grid { grid-template-columns: minmax(0, 1fr); } }`];

  @state() private issued?: Issued;
  @state() private error?: ApiError;
  @state() private busy = false;
  @state() private looked = '';

  private readonly tokens = new Loaded<{ tokens: Token[] }>(this, () => this.looked || null, (signal) => api.get(`${path(this.looked)}/tokens`, {}, signal));

  private readonly ending = new Loaded<{ tokens: Token[]; total: number }>(this, () => 'ending', (signal) => api.get('/api/v1/tokens', { status: 'expiring,expired', replaced: 'false', page_size: 50 }, signal));

  constructor() {
    super();
    new Live(this, { of: ['hosts'] });
  }

  render() {
    return html`<div class="grid">${this.warning()}
      <section class="panel" aria-label="Add a host"><header><h2>Add a host</h2></header><div class="pad">
        ${this.issued ? html`<ps-agent-setup .host=${this.issued.host} .token=${this.issued.token} ?here=${store.hosts.get(this.issued.host)?.status === 'up'}></ps-agent-setup>
            <div class="form-foot"><button class="button" @click=${() => (this.issued = undefined)}>Add another</button></div>`
          : html`<form @submit=${this.register}>
            ${formError(this.error, ['host', 'labels'])}
            ${field({ name: 'host', label: 'Name', required: true, placeholder: 'eu-nova-01', hint: 'Unique; without blanks and slashes' }, this.error)}
            ${field({ name: 'labels', label: 'Labels', placeholder: 'region=eu, rack=7', hint: 'The region orders matrix and topology' }, this.error)}
            ${lifetime()}
            <div class="form-foot"><button class="button primary" ?disabled=${this.busy}>Register and show its token</button></div></form>`}
      </div></section>
      <section class="panel" aria-label="Tokens of a host"><header><h2>Tokens of a host</h2></header><div class="pad">
        <form class="look" @submit=${this.look}>
          ${field({ name: 'host', label: 'Host', value: this.looked, required: true, list: 'known', placeholder: 'Name' })}
          <datalist id="known">${[...store.hosts.keys()].slice(0, 500).map((host) => html`<option value=${host}></option>`)}</datalist>
          <button class="button">Show</button></form></div>
        ${this.looked ? this.list() : html`<ps-empty heading="Tokens can be changed without a gap" text="Make a second token, give it to the host, then revoke the first: both work meanwhile. A revoked token is refused everywhere within 5 s."></ps-empty>`}
      </section></div>`;
  }

  private warning() {
    const tokens = this.ending.value?.tokens ?? [];
    if (!tokens.length) return nothing;
    const columns: Column<Token>[] = [
      { key: 'host', title: 'Host', cell: ({ host }) => html`<button class="button" @click=${() => (this.looked = host)}>${host}</button>` },
      { key: 'id', title: 'Token', cell: ({ id }) => html`<span class="mono">${id}…</span>` },
      { key: 'end', title: 'Expires', cell: end },
      { key: 'used', title: 'Last used', cell: lastUse },
    ];
    return html`<section class="panel ending" aria-label="Tokens that end"><header><h2>Tokens that end, and nothing takes their place</h2></header>
      <ps-table label="Tokens that end" .columns=${columns} .rows=${tokens} .rowKey=${({ id }: Token) => id}></ps-table></section>`;
  }

  private list() {
    const columns: Column<Token>[] = [
      { key: 'id', title: 'Token', cell: ({ id }) => html`<span class="mono">${id}…</span>` },
      { key: 'created', title: 'Made', cell: ({ created_at }) => moment(created_at) },
      { key: 'end', title: 'Expires', cell: end },
      { key: 'used', title: 'Last used', cell: lastUse },
      { key: 'actions', title: '', right: true, cell: ({ id }) => html`<span class="row-actions"><button class="button" @click=${() => this.revoke(id)} aria-label="Revoke ${id}">Revoke</button></span>` },
    ];
    return html`<ps-table label="Tokens" .columns=${columns} .rows=${this.tokens.value?.tokens} .rowKey=${({ id }: Token) => id} .error=${this.tokens.error?.message ?? ''}>
        <ps-empty slot="empty" heading="This host has no token" text="It is known because a fleet reports for it."></ps-empty></ps-table>
      <div class="pad">${this.tokens.value?.tokens.length ? html`<form @submit=${this.rotate}>${lifetime()}<div class="form-foot"><button class="button" ?disabled=${this.busy}>Make another token</button></div></form>` : nothing}
        <a class="button" href=${address.host(this.looked)}>See the host</a> ${this.tokens.value ? chip(store.hosts.get(this.looked)?.status ?? 'not heard of') : nothing}</div>`;
  }

  private readonly register = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    await this.issue(() => api.send('POST', '/api/v1/hosts', { host: String(form.get('host')).trim(), labels: pairs(String(form.get('labels'))), ...expiry(form) }));
  };

  private readonly rotate = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    await this.issue(() => api.send('POST', `${path(this.looked)}/tokens`, expiry(form)));
  };

  private async issue(make: () => Promise<Issued>) {
    this.busy = true;
    this.error = undefined;
    try {
      this.issued = await make();
      await Promise.all([this.tokens.again(), this.ending.again()]);
    } catch (error) {
      this.error = error as ApiError;
    }
    this.busy = false;
  }

  private readonly look = (event: SubmitEvent) => {
    event.preventDefault();
    this.looked = String(new FormData(event.target as HTMLFormElement).get('host')).trim();
  };

  private async revoke(id: string) {
    if (!confirm(`Revoke the token ${id}… of ${this.looked}? Whoever uses it is shut out within 5 s.`)) return;
    try {
      await api.send('DELETE', `${path(this.looked)}/tokens/${encodeURIComponent(id)}`);
      say('Revoked');
      await Promise.all([this.tokens.again(), this.ending.again()]);
    } catch (error) {
      say((error as Error).message, true);
    }
  }
}

function path(host: string): string {
  return `/api/v1/hosts/${encodeURIComponent(host)}`;
}
