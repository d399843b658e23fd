import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { ApiError, api } from '../api';
import { logo } from '../ui/icons';
import { shared } from '../ui/styles';
import { authenticatorStyles, recoveryCodes, scan, type Offer } from './authenticator';

const ONE_TIME = /^#once=(.+)$/;
/** What a login by the provider came to. */
const REFUSED = /^#oidc=([a-z_]+)$/;
const REASONS: Record<string, string> = {
  provider_away: 'The login provider cannot be reached. A name and a password do still.',
  provider_refused: 'The login provider did not sign you in.',
  expired: 'This took too long, or was finished already. Please start again.',
  other_browser: 'This sign-in was started in another browser or tab. Please start again here.',
  untrusted: 'The answer of the login provider cannot be trusted. An administrator finds the reason in the log.',
  no_role: 'The login provider knows you, but nothing says that you may look at this. Ask an administrator for the right group.',
  name_taken: 'Somebody with a password already has your name here. Ask an administrator.',
  disabled: 'Your account is disabled.',
};
const HOME = '/p2p/monitoring';

/** Sign-in by name and password, with a code where the account wants one, or by a one-time link. */
@customElement('ps-login')
export class LoginPage extends LitElement {
  static styles = [
    shared,
    authenticatorStyles,
    css`
      main { display: grid; place-items: center; min-height: 100dvh; padding: 20px; }
      .box { width: 100%; max-width: 360px; padding: 28px; }
      .brand { display: flex; align-items: center; gap: 10px; margin-bottom: 22px; font-size: 17px; font-weight: 650; letter-spacing: -0.02em; }
      h1 { margin-bottom: 4px; font-size: 15px; font-weight: 600; }
      form { display: grid; gap: 14px; margin-top: 18px; }
      label { display: grid; gap: 5px; font-weight: 500; color: var(--text-soft); }
      .input { height: 36px; }
      .button { height: 36px; justify-content: center; }
      .provider { width: 100%; }
      .or { display: flex; align-items: center; gap: 10px; margin: 16px 0; color: var(--text-soft); }
      .or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
      .after { margin-top: 18px; }
      .error { padding: 9px 12px; border-radius: var(--radius-small); background: var(--critical-soft); color: var(--critical); font-weight: 500; margin-top: 14px; }
    `,
  ];

  @state() private busy = false;
  @state() private error = '';
  /** Name and password that were right, while the code is asked for. */
  @state() private known?: { username: string; password: string };
  /** What an app must be told, where nobody may be without a second factor. */
  @state() private offer?: Offer;
  @state() private codes?: string[];

  /** What the button of the provider says; none without one. */
  @state() private provider?: string;

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Sign in · Peerscope';
    void this.lookForProvider();
    const refused = REFUSED.exec(location.hash)?.[1];
    if (refused) {
      history.replaceState(null, '', location.pathname + location.search);
      this.error = REASONS[refused] ?? REASONS.untrusted;
    }
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
        ${this.step()}
      </div>
    </main>`;
  }

  private step() {
    if (this.codes) return html`${this.head('Keep these recovery codes', 'You are signed in.')}<div class="after">${recoveryCodes(this.codes, this.goOn)}</div>`;
    if (this.offer) return html`${this.head('Add an authenticator app', 'Here nobody signs in with a password alone. Scan this with an app on your phone.')}${this.setupForm(this.offer)}`;
    if (this.known) return html`${this.head('One more step', `Your account has a second factor, ${this.known.username}.`)}${this.codeForm()}`;
    return html`${this.head('Sign in', 'Watch your P2P network live.')}${this.passwordForm()}`;
  }

  private head(heading: string, text: string) {
    return html`<h1>${heading}</h1><p class="soft">${text}</p>${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  private setupForm(offer: Offer) {
    return html`<form @submit=${this.submitCode}>${scan(offer)}
          <label>The six digits that the app shows now<input class="input num" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required></label>
          ${this.button()}
          <button type="button" class="button" @click=${this.startOver}>Back</button>
        </form>`;
  }

  private passwordForm() {
    return html`<form @submit=${this.submit}>
          <label>Name<input class="input" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
          <label>Password<input class="input" name="password" type="password" autocomplete="current-password" required></label>
          ${this.button()}
        </form>
        ${this.provider ? html`<div class="or"><span>or</span></div><button type="button" class="button provider" ?disabled=${this.busy} @click=${this.byProvider}>Sign in with ${this.provider}</button>` : nothing}`;
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
    if (changed.has('known') || changed.has('offer')) this.renderRoot.querySelector<HTMLInputElement>(this.known ? '[name=code]' : '[name=username]')?.focus();
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
    this.offer = undefined;
    this.error = '';
  };

  private readonly goOn = () => location.assign(this.next());

  private async signIn(credential: Parameters<typeof api.signIn>[0]) {
    this.busy = true;
    this.error = '';
    try {
      const { recovery_codes: codes } = await api.signIn(credential);
      if (codes) this.codes = codes;
      else this.goOn();
    } catch (error) {
      const problem = error as ApiError;
      if (problem.code === 'second_factor_setup_required' && 'password' in credential) await this.setUp(credential);
      else if (problem.code === 'second_factor_required' && 'password' in credential) this.known = credential;
      else this.error = this.explain(problem, 'one_time' in credential);
      this.busy = false;
    }
  }

  private async setUp(credential: { username: string; password: string }) {
    try {
      this.offer = await api.send<Offer>('POST', '/api/v1/session/second-factor/setup', { username: credential.username, password: credential.password });
      this.known = credential;
    } catch (error) {
      this.error = this.explain(error as ApiError, false);
    }
  }

  /** Without an answer there is no button; a name and a password always do. */
  private async lookForProvider() {
    try {
      const { enabled, label } = await api.get<{ enabled: boolean; label: string | null }>('/api/v1/session/oidc');
      this.provider = enabled ? (label ?? undefined) : undefined;
    } catch {
      this.provider = undefined;
    }
  }

  private readonly byProvider = async () => {
    this.busy = true;
    this.error = '';
    try {
      const { location: provider } = await api.send<{ location: string }>('POST', '/api/v1/session/oidc', { next: this.next() });
      location.assign(provider);
    } catch (error) {
      this.error = (error as ApiError).code === 'login_provider_unavailable' ? REASONS.provider_away : this.explain(error as ApiError, false);
      this.busy = false;
    }
  };

  private explain(error: ApiError, byLink: boolean): string {
    if (error.status === 401 && this.offer) return 'This is not what the app shows now. Is its clock right?';
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
