import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { ago, moment, plural } from '../format';
import { browserName } from '../session/browser-name';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { formStyles } from '../ui/form';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';

interface OpenSession {
  id: string;
  started_at: string;
  last_used_at: string;
  expires_at: string | null;
  address: string;
  browser: string;
  current: boolean;
}

const REFRESH_MS = 15_000;

/** Where one is signed in, or for an admin somebody else, and the end of it. */
@customElement('ps-sessions')
export class SessionsView extends LitElement {
  static styles = [shared, pageStyles, cells, formStyles];

  /** Whose; one's own where it is not said. */
  @property() username?: string;
  private readonly sessions = new Loaded<{ sessions: OpenSession[] }>(this, () => this.path, (signal) => api.get(this.path, {}, signal), () => REFRESH_MS);

  private get path() {
    return this.username === undefined ? '/api/v1/sessions' : `/api/v1/users/${encodeURIComponent(this.username)}/sessions`;
  }

  render() {
    return this.username === undefined ? this.own() : this.theirs(this.username);
  }

  private theirs(username: string) {
    const open = this.sessions.value?.sessions.filter(({ current }) => !current).length ?? 0;
    return html`${this.table(`Where ${username} is signed in`)}
      ${open ? html`<div class="form-foot"><button class="button" @click=${this.endOthers}>Sign out everywhere</button></div>` : nothing}`;
  }

  private table(label: string) {
    const { value, error } = this.sessions;
    return html`<ps-table label=${label} .columns=${this.columns()} .rows=${value?.sessions} .rowKey=${({ id }: OpenSession) => id} .error=${error?.message ?? ''}>
      <ps-empty slot="empty" heading="Not signed in" text="There is no open session: signed out, never signed in, or away for so long that it ended by itself."></ps-empty></ps-table>`;
  }

  private own() {
    const { value } = this.sessions;
    const others = (value?.sessions.length ?? 1) - 1;
    return html`<section class="panel" aria-label="Where you are signed in"><header><h2>Where you are signed in</h2><span class="count">${value?.sessions.length || ''}</span><span class="push"></span>
        ${others > 0 ? html`<button class="button" @click=${this.endOthers}>Sign out everywhere else</button>` : nothing}</header>
      ${this.table('Where you are signed in')}</section>`;
  }

  private columns(): Column<OpenSession>[] {
    return [
      { key: 'browser', title: 'Browser', lead: true, cell: ({ browser, current }) => html`<b title=${browser || nothing}>${browserName(browser)}</b> ${current ? chip('this one', 'info') : nothing}` },
      { key: 'address', title: 'Address', cell: ({ address }) => html`<span class="mono">${address || '–'}</span>` },
      { key: 'used', title: 'Last used', cell: ({ last_used_at, current }) => (current ? 'now' : ago(last_used_at, Date.now())) },
      { key: 'since', title: 'Signed in', cell: ({ started_at }) => `since ${moment(started_at)}` },
      { key: 'until', title: 'Ends by itself', from: 'phone', cell: ({ expires_at }) => moment(expires_at) },
      { key: 'actions', title: '', right: true, cell: (session) => (session.current ? nothing : html`<span class="row-actions"><button class="button" @click=${() => this.end(session)} aria-label="Sign out ${browserName(session.browser)} at ${session.address}">Sign out</button></span>`) },
    ];
  }

  private async end({ id, browser }: OpenSession) {
    await this.ask(async () => {
      await api.send('DELETE', `${this.path}/${encodeURIComponent(id)}`);
      return `${browserName(browser)} is signed out`;
    });
  }

  private readonly endOthers = () =>
    this.ask(async () => {
      const { ended } = await api.send<{ ended: number }>('DELETE', this.path);
      return `${plural(ended, 'session')} ended`;
    });

  private async ask(change: () => Promise<string>) {
    try {
      say(await change());
    } catch (error) {
      say((error as Error).message, true);
    }
    await this.sessions.again();
  }
}
