import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { moment } from '../format';
import { whoami } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/dialog';
import '../ui/empty';
import { choice, field, formError, formStyles } from '../ui/form';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import './sessions-view';

interface User {
  username: string;
  role: 'viewer' | 'operator' | 'admin';
  login: 'password' | 'oidc';
  disabled: boolean;
  second_factor: boolean;
  created_at: string;
  changed_at: string;
}

const ROLES = [
  { value: 'viewer', label: 'viewer: may look' }, { value: 'operator', label: 'operator: may also act on alerts' }, { value: 'admin', label: 'admin: may change everything' },
];

const DUTY = 'login.second_factor';
const DUTIES = ['everybody without a second factor', 'viewers and operators, not for admins', 'nobody'];

/** Who may sign in, and as what. */
@customElement('ps-users')
export class UsersView extends LitElement {
  static styles = [shared, pageStyles, cells, formStyles, css`
    select { height: 28px; }
    .duty { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 14px; border-top: 1px solid var(--line); }
    .sessions { --dialog-width: 980px; }
  `];

  @state() private making?: User | 'new';
  @state() private looking?: User;
  @state() private error?: ApiError;
  @state() private busy = false;
  private readonly settings = new Loaded<{ settings: Record<string, number> }>(this, () => 'all', (signal) => api.get('/api/v1/settings', {}, signal));
  private readonly users = new Loaded<{ users: User[] }>(this, () => 'all', (signal) => api.get('/api/v1/users', {}, signal));

  render() {
    const rows = this.users.value?.users;
    return html`<section class="panel" aria-label="Users">
      <header><h2>Users</h2><span class="count">${rows?.length || ''}</span><span class="push"></span><button class="button primary" @click=${() => this.open('new')}>${icons.plus} New user</button></header>
      <ps-table label="Users" .columns=${this.columns()} .rows=${rows} .rowKey=${({ username }: User) => username} .error=${this.users.error?.message ?? ''}>
        <ps-empty slot="empty" heading="Nobody has a name and a password yet" text="You are signed in by a token. Give everyone who should look at this page a user of their own: what they do then stands in the audit under their name.">
          <button class="button primary" @click=${() => this.open('new')}>Add the first user</button></ps-empty></ps-table>
      ${this.settings.value ? html`<p class="duty"><label for="duty">A password alone is enough for</label>
        <select id="duty" class="input" @change=${(event: Event) => this.oblige(Number((event.target as HTMLSelectElement).value))}>
          ${DUTIES.map((label, value) => html`<option value=${value} ?selected=${value === this.settings.value?.settings[DUTY]}>${label}</option>`)}</select>
        <span class="soft">Who then has no second factor is led to set one up at the next sign-in.</span></p>` : nothing}</section>
      ${this.making ? this.dialog(this.making) : nothing}
      ${this.looking ? html`<ps-dialog class="sessions" heading="Where ${this.looking.username} is signed in" @close=${() => (this.looking = undefined)}><ps-sessions .username=${this.looking.username}></ps-sessions></ps-dialog>` : nothing}`;
  }

  private columns(): Column<User>[] {
    return [
      { key: 'username', title: 'Name', lead: true, cell: ({ username, login, disabled, second_factor }) => html`<b>${username}</b> ${username === whoami() ? chip('you', 'info') : nothing}${disabled ? chip('disabled', 'warning') : nothing}${login === 'oidc' ? chip('by the provider') : nothing}${second_factor ? chip('second factor', 'ok') : nothing}` },
      { key: 'role', title: 'Role', cell: (user) => (user.username === whoami() || user.login === 'oidc' ? user.role : html`<select class="input" aria-label="Role of ${user.username}" @change=${(event: Event) => this.change(user, { role: (event.target as HTMLSelectElement).value })}>
        ${ROLES.map(({ value }) => html`<option ?selected=${value === user.role}>${value}</option>`)}</select>`) },
      { key: 'created', title: 'Since', from: 'phone', cell: ({ created_at }) => moment(created_at) },
      { key: 'actions', title: '', right: true, cell: (user) => html`<span class="row-actions"><button class="button" @click=${() => (this.looking = user)} aria-label="Sessions of ${user.username}">Sessions</button>${user.login === 'oidc' ? nothing : html`<button class="button" @click=${() => this.open(user)}>Password</button>`}
        ${user.second_factor && user.username !== whoami() ? html`<button class="button" @click=${() => this.reset(user)} aria-label="Lost device: switch off the second factor of ${user.username}">Lost device</button>` : nothing}
        ${user.username === whoami() ? nothing : html`<button class="button" @click=${() => this.change(user, { disabled: !user.disabled })}>${user.disabled ? 'Enable' : 'Disable'}</button><button class="button" @click=${() => this.erase(user)} aria-label="Delete ${user.username}">Delete</button>`}</span>` },
    ];
  }

  private dialog(user: User | 'new') {
    const made = user === 'new';
    return html`<ps-dialog heading=${made ? 'New user' : `Password of ${user.username}`} @close=${() => (this.making = undefined)}><form @submit=${this.submit}>
      ${formError(this.error, ['username', 'password', 'role'])}
      ${made ? html`${field({ name: 'username', label: 'Name', required: true, focus: true }, this.error)}${choice({ name: 'role', label: 'Role', value: 'viewer', options: ROLES }, this.error)}` : nothing}
      ${field({ name: 'password', label: 'Password', type: 'password', required: true, minlength: 8, autocomplete: 'new-password', wide: true, focus: !made, hint: 'At least 8 characters, 15 are better; no rules beyond, but not one of those everybody uses' }, this.error)}
      <div class="form-foot"><button class="button primary" ?disabled=${this.busy}>${made ? 'Add' : 'Change; ends their sessions'}</button></div></form></ps-dialog>`;
  }

  private open(user: User | 'new') {
    this.error = undefined;
    this.making = user;
  }

  private readonly submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const user = this.making!;
    this.busy = true;
    try {
      if (user === 'new') await api.send('POST', '/api/v1/users', Object.fromEntries(form));
      else await api.send('PATCH', path(user), { password: form.get('password') });
      say(user === 'new' ? 'Added' : 'Changed');
      this.making = undefined;
      await this.users.again();
    } catch (error) {
      this.error = error as ApiError;
    }
    this.busy = false;
  };

  private async change(user: User, change: Record<string, unknown>) {
    try {
      await api.send('PATCH', path(user), change);
      say(`${user.username}: changed, and signed out everywhere`);
    } catch (error) {
      say((error as Error).message, true);
    }
    await this.users.again();
  }

  private async oblige(duty: number) {
    try {
      await api.send('PUT', '/api/v1/settings', { settings: { [DUTY]: duty } });
      say(`A password alone is enough for ${DUTIES[duty]}`);
    } catch (error) {
      say((error as Error).message, true);
    }
    await this.settings.again();
  }

  private async reset(user: User) {
    if (!confirm(`Switch off the second factor of ${user.username}? They are signed out everywhere, and set it up anew at the next login where it is required; elsewhere the password alone is enough then.`)) return;
    try {
      await api.send('DELETE', `${path(user)}/second-factor`);
      say(`${user.username}: the second factor is off`);
    } catch (error) {
      say((error as Error).message, true);
    }
    await this.users.again();
  }

  private async erase(user: User) {
    if (!confirm(`Delete ${user.username}? They are signed out everywhere.`)) return;
    try {
      await api.send('DELETE', path(user));
      say('Deleted');
    } catch (error) {
      say((error as Error).message, true);
    }
    await this.users.again();
  }
}

function path({ username }: User): string {
  return `/api/v1/users/${encodeURIComponent(username)}`;
}
