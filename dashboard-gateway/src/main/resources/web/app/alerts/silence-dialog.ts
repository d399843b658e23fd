import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import '../ui/dialog';
import { area, choice, field, formError, formStyles, pairs, pairsText } from '../ui/form';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { subjectOf, whereOf } from './words';

const LENGTHS = [
  { value: '30', label: '30 minutes' }, { value: '60', label: '1 hour' }, { value: '240', label: '4 hours' },
  { value: '1440', label: '1 day' }, { value: '10080', label: '1 week' },
];
const RECURRING = [{ value: '', label: 'No' }, { value: 'daily', label: 'Every day' }, { value: 'weekly', label: 'Every week' }];

/** A silence, from an alert or from nothing. Fires `done` and `close`. */
@customElement('ps-silence-dialog')
export class SilenceDialog extends LitElement {
  static styles = [shared, formStyles, css`
    .scopes { display: flex; flex-wrap: wrap; gap: 6px; }
    .scopes .button[aria-pressed='true'] { background: var(--info-soft); color: var(--info); border-color: transparent; }`];

  @property({ attribute: false }) alert?: Alert;
  @state() private matchers?: string;
  @state() private busy = false;
  @state() private error?: ApiError;

  render() {
    const shown = this.matchers ?? pairsText(this.scopes()[0]?.matchers ?? {});
    return html`<ps-dialog heading="Silence" @close=${() => this.dispatchEvent(new Event('close'))}>
      <form @submit=${this.submit}>
        ${formError(this.error, ['matchers', 'to', 'comment', 'recurring'])}
        ${this.alert ? html`<div class="wide scopes" role="group" aria-label="What to silence">${this.scopes().map(({ title, matchers }) => html`
          <button type="button" class="button" aria-pressed=${pairsText(matchers) === shown} @click=${() => (this.matchers = pairsText(matchers))}>${title}</button>`)}</div>` : ''}
        ${field({ name: 'matchers', label: 'Which alerts', value: shown, required: true, wide: true, focus: !this.alert, placeholder: 'rule_id=cpu_usage, host=eu-*',
          hint: 'Fields or labels of alerts; all of them must fit, * stands for any text' }, this.error)}
        ${choice({ name: 'minutes', label: 'For', value: '60', options: LENGTHS }, this.error)}
        ${choice({ name: 'recurring', label: 'Again', value: '', options: RECURRING }, this.error)}
        ${area({ name: 'comment', label: 'Why', rows: 2, placeholder: 'Maintenance, known trouble …', focus: !!this.alert,
          hint: 'Nobody is sent messages meanwhile. The alerts stay visible here.' }, this.error)}
        <div class="form-foot"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'One moment …' : 'Silence'}</button></div>
      </form>
    </ps-dialog>`;
  }

  private scopes(): { title: string; matchers: Record<string, string> }[] {
    const alert = this.alert;
    if (!alert) return [];
    const rule = { rule_id: alert.rule_id };
    const all = [{ title: `This rule everywhere`, matchers: rule as Record<string, string> }];
    if (alert.host === '*') return all;
    const peer = alert.subject.labels.peer;
    return [
      ...(peer ? [{ title: `This: ${whereOf(alert)}${subjectOf(alert)}`, matchers: { ...rule, host: alert.host, peer } }] : []),
      { title: `This rule on ${alert.host}`, matchers: { ...rule, host: alert.host } },
      { title: `Everything on ${alert.host}`, matchers: { host: alert.host } },
      ...all,
    ];
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const recurring = String(form.get('recurring'));
    const from = store.now();
    this.busy = true;
    try {
      await api.send('POST', '/api/v1/silences', {
        matchers: pairs(String(form.get('matchers'))),
        to: new Date(from + Number(form.get('minutes')) * 60_000).toISOString(),
        comment: String(form.get('comment')).trim(),
        ...(recurring ? { recurring } : {}),
      });
      say('Silenced');
      this.dispatchEvent(new Event('done'));
      this.dispatchEvent(new Event('close'));
    } catch (error) {
      this.error = error as ApiError;
      this.busy = false;
    }
  }
}
