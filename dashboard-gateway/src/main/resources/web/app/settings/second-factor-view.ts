import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { moment, plural } from '../format';
import { cells, chip } from '../ui/cells';
import '../ui/command';
import '../ui/dialog';
import { field, formError, formStyles } from '../ui/form';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';

interface FactorState {
  possible: boolean;
  enabled: boolean;
  since: string | null;
  recovery_codes_left: number;
}

interface Offer {
  secret: string;
  uri: string;
  qr: { size: number; path: string };
}

type Step = { is: 'password' } | { is: 'scan'; offer: Offer } | { is: 'codes'; codes: string[] } | { is: 'off' };

const PATH = '/api/v1/session/second-factor';
const FEW = 3;
/** Light around a QR code, in modules, without which cameras do not find it. */
const QUIET = 4;

/** A second factor of one's own: on with an authenticator app, off again. */
@customElement('ps-second-factor')
export class SecondFactorView extends LitElement {
  static styles = [
    shared,
    pageStyles,
    cells,
    formStyles,
    css`
      .pad { display: grid; gap: 10px; justify-items: start; max-width: 74ch; }
      .qr { display: block; width: min(220px, 70vw); height: auto; border-radius: var(--radius-small); background: #fff; }
      .scan { grid-column: 1 / -1; display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; gap: 10px; }
      .scan ps-command, .codes ps-command { width: 100%; }
      .codes { display: grid; gap: 12px; }
      .codes .button { justify-self: end; }
    `,
  ];

  @state() private step?: Step;
  @state() private error?: ApiError;
  @state() private busy = false;
  private readonly factor = new Loaded<FactorState>(this, () => 'own', (signal) => api.get(PATH, {}, signal));

  render() {
    const { value, error } = this.factor;
    return html`<section class="panel" aria-label="Second factor"><header><h2>Second factor</h2>${value?.enabled ? chip('on', 'ok') : value ? chip('off') : nothing}</header>
      <div class="pad">${value ? this.about(value) : html`<p class="soft">${error?.message ?? ''}</p>`}</div></section>
      ${this.step ? this.dialog(this.step) : nothing}`;
  }

  private about(factor: FactorState) {
    if (!factor.possible) return html`<p class="soft">You came in by a one-time link. With a name and a password of your own you can add an authenticator app.</p>`;
    if (!factor.enabled) {
      return html`<p class="soft">With an authenticator app on your phone, a password that somebody has seen or guessed is not enough to sign in as you.</p>
        <button class="button primary" @click=${() => this.go({ is: 'password' })}>Add an authenticator app</button>`;
    }
    const left = factor.recovery_codes_left;
    return html`<p>Since ${moment(factor.since)} signing in asks for a code of your authenticator app.</p>
      <p class="soft">${plural(left, 'recovery code')} left.${left <= FEW ? ' Switch it off and on again to get new ones before they run out.' : ''}</p>
      <button class="button" @click=${() => this.go({ is: 'off' })}>Switch off</button>`;
  }

  private dialog(step: Step) {
    const heading = { password: 'Add an authenticator app', scan: 'Scan this with your app', codes: 'Keep these recovery codes', off: 'Switch off the second factor' }[step.is];
    return html`<ps-dialog heading=${heading} @close=${() => (this.step = undefined)}>${this.body(step)}</ps-dialog>`;
  }

  private body(step: Step) {
    switch (step.is) {
      case 'password': return html`<form @submit=${this.askForSecret}>${formError(this.error, ['password'])}
        ${this.password('So that nobody who finds this page open can do it')}
        ${this.foot('Go on')}</form>`;
      case 'scan': return html`<form @submit=${this.confirm}>${formError(this.error, ['code'])}
        <div class="scan">${picture(step.offer)}<p class="soft">Or type this key into the app:</p><ps-command .text=${grouped(step.offer.secret)}></ps-command>
          <p><a href=${step.offer.uri}>Open in an app on this device</a></p></div>
        ${this.code('The six digits that the app shows now')}
        ${this.foot('Switch on')}</form>`;
      case 'codes': return html`<div class="codes"><p>Each of them signs you in once, when your phone is not at hand. They are shown this once: print them, or keep them in a password manager.</p>
        <ps-command .text=${step.codes.join('\n')}></ps-command>
        <button class="button primary" @click=${() => (this.step = undefined)}>I have kept them</button></div>`;
      case 'off': return html`<form @submit=${this.switchOff}>${formError(this.error, ['password', 'code'])}
        ${this.password()}${this.code('Of the app, or a recovery code')}
        ${this.foot('Switch off')}</form>`;
    }
  }

  private password(hint?: string) {
    return field({ name: 'password', label: 'Your password', type: 'password', required: true, autocomplete: 'current-password', wide: true, focus: true, hint }, this.error);
  }

  private code(hint: string) {
    return field({ name: 'code', label: 'Code', required: true, autocomplete: 'one-time-code', wide: true, focus: this.step?.is === 'scan', hint }, this.error);
  }

  private foot(word: string) {
    return html`<div class="form-foot"><button class="button primary" ?disabled=${this.busy}>${word}</button></div>`;
  }

  private go(step: Step) {
    this.error = undefined;
    this.step = step;
  }

  private readonly askForSecret = (event: SubmitEvent) =>
    this.send(event, async (form) => this.go({ is: 'scan', offer: await api.send<Offer>('POST', PATH, form) }));

  private readonly confirm = (event: SubmitEvent) =>
    this.send(event, async (form) => {
      const { recovery_codes: codes } = await api.send<{ recovery_codes: string[] }>('PUT', PATH, form);
      this.go({ is: 'codes', codes });
      await this.factor.again();
    });

  private readonly switchOff = (event: SubmitEvent) =>
    this.send(event, async (form) => {
      await api.send('POST', `${PATH}/disable`, form);
      this.step = undefined;
      say('The second factor is off');
      await this.factor.again();
    });

  private async send(event: SubmitEvent, work: (form: Record<string, unknown>) => Promise<void>) {
    event.preventDefault();
    this.busy = true;
    try {
      await work(Object.fromEntries(new FormData(event.target as HTMLFormElement)));
    } catch (error) {
      this.error = error as ApiError;
    }
    this.busy = false;
  }
}

/** Two lines of groups of four, as one types it. */
function grouped(secret: string): string {
  const groups = secret.match(/.{1,4}/g) ?? [];
  return `${groups.slice(0, 4).join(' ')}\n${groups.slice(4).join(' ')}`;
}

/** Dark on light in both themes: many cameras read nothing else. */
function picture({ qr }: Offer) {
  const side = qr.size + 2 * QUIET;
  return html`<svg class="qr" viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label="QR code of the key below" shape-rendering="crispEdges">${svg`<path d=${qr.path} fill="#000"></path>`}</svg>`;
}
