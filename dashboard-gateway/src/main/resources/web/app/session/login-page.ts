import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { ApiError, api } from '../api';
import { logo } from '../ui/icons';
import { shared } from '../ui/styles';

const ONE_TIME = /^#once=(.+)$/;
const HOME = '/p2p/monitoring';

/** Sign-in by name and password, with a code where the account wants one, or by a one-time link. */
@customElement('ps-login')
export class LoginPage extends LitElement {
  static styles = [
    shared,
    css`
      main { display: grid; place-items: center; min-height: 100dvh; padding: 20px; }
      .box { width: 100%; max-width: 360px; padding: 28px; }
      .brand { display: flex; align-items: center; gap: 10px; margin-bottom: 22px; font-size: 17px; font-weight: 650; letter-spacing: -0.02em; }
      h1 { margin-bottom: 4px; font-size: 15px; font-weight: 600; }
      form { display: grid; gap: 14px; margin-top: 18px; }
      label { display: grid; gap: 5px; font-weight: 500; color: var(--text-soft); }
      .input { height: 36px; }
      .button { height: 36px; justify-content: center; }
      .error { padding: 9px 12px; border-radius: var(--radius-small); background: var(--critical-soft); color: var(--critical); font-weight: 500; margin-top: 14px; }
    `,
  ];

  @state() private busy = false;
  @state() private error = '';
  /** Name and password that were right, while the code is asked for. */
  @state() private known?: { username: string; password: string };

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Sign in · Peerscope';
    const code = ONE_TIME.exec(location.hash)?.[1];
    if (code) {
      // The code must not stay in the address or the history.
      history.replaceState(null, '', location.pathname + location.search);
      void this.signIn({ one_time: decodeURIComponent(code) });
    }
  }

  render() {
    return html`<main>
      <div class="panel box">
        <div class="brand">${logo} Peerscope</div>
        <h1>${this.known ? 'One more step' : 'Sign in'}</h1>
        <p class="soft">${this.known ? `Your account has a second factor, ${this.known.username}.` : 'Watch your P2P network live.'}</p>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        ${this.known ? this.codeForm() : this.passwordForm()}
      </div>
    </main>`;
  }

  private passwordForm() {
    return html`<form @submit=${this.submit}>
          <label>Name<input class="input" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
          <label>Password<input class="input" name="password" type="password" autocomplete="current-password" required></label>
          ${this.button()}
        </form>`;
  }

  private codeForm() {
    return html`<form @submit=${this.submitCode}>
          <label>Code of your authenticator app<input class="input num" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required></label>
          <p class="faint">No phone at hand? A recovery code does, too.</p>
          ${this.button()}
          <button type="button" class="button" @click=${this.startOver}>Back</button>
        </form>`;
  }

  private button() {
    return html`<button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Signing in …' : 'Sign in'}</button>`;
  }

  protected updated(changed: PropertyValues) {
    if (changed.has('known')) this.renderRoot.querySelector<HTMLInputElement>(this.known ? '[name=code]' : '[name=username]')?.focus();
  }

  private submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void this.signIn({ username: String(form.get('username')), password: String(form.get('password')) });
  }

  private submitCode(event: SubmitEvent) {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get('code'));
    void this.signIn({ ...this.known!, code });
  }

  private readonly startOver = () => {
    this.known = undefined;
    this.error = '';
  };

  private async signIn(credential: Parameters<typeof api.signIn>[0]) {
    this.busy = true;
    this.error = '';
    try {
      await api.signIn(credential);
      location.assign(this.next());
    } catch (error) {
      const problem = error as ApiError;
      if (problem.code === 'second_factor_required' && 'password' in credential) this.known = credential;
      else this.error = this.explain(problem, 'one_time' in credential);
      this.busy = false;
    }
  }

  private explain(error: ApiError, byLink: boolean): string {
    if (error.status === 401 && this.known) return 'This code is wrong, or was used before. Wait for the next one.';
    if (error.status === 401) {
      return byLink
        ? 'This link was already used or has expired. Sign in with your name and password, or ask for a new link.'
        : 'This name and password do not match.';
    }
    if (error.status === 429) {
      return `Too many tries. Wait ${error.retryAfterSeconds ? `${error.retryAfterSeconds} s` : 'a moment'} and try again.`;
    }
    return error.message;
  }

  /** Only back to a page of ours, whatever the address says. */
  private next(): string {
    const wish = new URLSearchParams(location.search).get('next') ?? HOME;
    return wish === HOME || wish.startsWith(`${HOME}/`) ? wish : HOME;
  }
}
