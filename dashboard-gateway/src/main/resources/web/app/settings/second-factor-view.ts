import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { moment, plural } from '../format';
import { authenticatorStyles, recoveryCodes, scan, type Offer } from '../session/authenticator';
import { cells, chip } from '../ui/cells';
import '../ui/dialog';
import { field, formError, formStyles } from '../ui/form';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';

interface FactorState {
  possible: boolean;
  enabled: boolean;
  required: boolean;
  since: string | null;
  recovery_codes_left: number;
}

type Step = { is: 'password' } | { is: 'scan'; offer: Offer } | { is: 'codes'; codes: string[] } | { is: 'renew' } | { is: 'off' };

const PATH = '/api/v1/session/second-factor';
const FEW = 3;

/** A second factor of one's own: on with an authenticator app, off again. */
@customElement('ps-second-factor')
export class SecondFactorView extends LitElement {
  static styles = [
    shared,
    pageStyles,
    cells,
    formStyles,
    authenticatorStyles,
    css`
      .pad { display: grid; gap: 10px; justify-items: start; max-width: 74ch; }
      .acts { display: flex; flex-wrap: wrap; gap: 8px; }
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
      <p class="soft">${plural(left, 'recovery code')} left.${left <= FEW ? ' Make new ones before they run out.' : ''}${factor.required ? ' A second factor is a duty here, so it cannot be switched off.' : ''}</p>
      <div class="acts"><button class=${left <= FEW ? 'button primary' : 'button'} @click=${() => this.go({ is: 'renew' })}>New recovery codes</button>
        ${factor.required ? nothing : html`<button class="button" @click=${() => this.go({ is: 'off' })}>Switch off</button>`}</div>`;
  }

  private dialog(step: Step) {
    const heading = { password: 'Add an authenticator app', scan: 'Scan this with your app', codes: 'Keep these recovery codes', renew: 'New recovery codes', off: 'Switch off the second factor' }[step.is];
    return html`<ps-dialog heading=${heading} @close=${() => (this.step = undefined)}>${this.body(step)}</ps-dialog>`;
  }

  private body(step: Step) {
    switch (step.is) {
      case 'password': return html`<form @submit=${this.askForSecret}>${formError(this.error, ['password'])}
        ${this.password('So that nobody who finds this page open can do it')}
        ${this.foot('Go on')}</form>`;
      case 'scan': return html`<form @submit=${this.confirm}>${formError(this.error, ['code'])}
        ${scan(step.offer)}
        ${this.code('The six digits that the app shows now')}
        ${this.foot('Switch on')}</form>`;
      case 'codes': return recoveryCodes(step.codes, () => (this.step = undefined));
      case 'renew': return html`<form @submit=${this.renew}>${formError(this.error, ['password', 'code'])}
        ${this.password('Those from before count no more')}${this.code('Of the app, or one of the recovery codes')}
        ${this.foot('Make new codes')}</form>`;
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

  private readonly renew = (event: SubmitEvent) =>
    this.send(event, async (form) => {
      const { recovery_codes: codes } = await api.send<{ recovery_codes: string[] }>('POST', `${PATH}/recovery-codes`, form);
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
