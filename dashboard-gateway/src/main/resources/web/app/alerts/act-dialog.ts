import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, type AlertChange, type ApiError } from '../api';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import '../ui/dialog';
import { area, formError, formStyles } from '../ui/form';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { titleOf } from './words';

export type Act = 'acknowledge' | 'resolve' | 'note';

const WORDS: Record<Act, { heading: string; button: string; hint: string; done: string; change: AlertChange }> = {
  acknowledge: {
    heading: 'Acknowledge', button: 'Acknowledge', done: 'Acknowledged',
    hint: 'You are on it: repeats stop, the message that it is over still comes.', change: { status: 'acknowledged' },
  },
  resolve: {
    heading: 'Resolve', button: 'Resolve', done: 'Resolved',
    hint: 'It is over by your word. Should its condition hold on, it is opened again.', change: { status: 'resolved' },
  },
  note: { heading: 'Note', button: 'Save', done: 'Noted', hint: 'Everybody who looks at this alert sees it.', change: {} },
};

/** One human act on one or more alerts, with a note. Fires `done` with the alerts as they are now, and `close`. */
@customElement('ps-act')
export class ActDialog extends LitElement {
  static styles = [shared, formStyles];

  @property({ attribute: false }) alerts: Alert[] = [];
  @property() act: Act = 'acknowledge';
  @state() private busy = false;
  @state() private error?: ApiError;

  render() {
    const { heading, button, hint } = WORDS[this.act];
    const one = this.alerts.length === 1 ? this.alerts[0] : undefined;
    return html`<ps-dialog heading=${heading} @close=${() => this.dispatchEvent(new Event('close'))}>
      <form @submit=${this.submit}>
        <p class="wide"><b>${one ? titleOf(one) : `${this.alerts.length} alerts`}</b></p>
        ${formError(this.error, ['resolution_notes'])}
        ${area({ name: 'resolution_notes', label: 'Note', value: one?.resolution_notes ?? '', hint, focus: true, placeholder: 'What you found, what you did (optional)' }, this.error)}
        <div class="form-foot"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'One moment …' : button}</button></div>
      </form>
    </ps-dialog>`;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    const note = String(new FormData(event.target as HTMLFormElement).get('resolution_notes')).trim();
    const { change, done } = WORDS[this.act];
    this.busy = true;
    try {
      const changed = await changeAll(this.alerts, note || this.act === 'note' ? { ...change, resolution_notes: note } : change);
      say(changed.length === 1 ? done : `${changed.length} alerts: ${done.toLowerCase()}`);
      this.dispatchEvent(new CustomEvent('done', { detail: changed }));
      this.dispatchEvent(new Event('close'));
    } catch (error) {
      this.error = error as ApiError;
      this.busy = false;
    }
  }
}

/** One after the other: an act is answered when it is so, and many at once would only wait for one another. */
export async function changeAll(alerts: Alert[], change: AlertChange): Promise<Alert[]> {
  const changed: Alert[] = [];
  for (const alert of alerts) {
    const now = await api.changeAlert(alert.id, change);
    store.applyAlert(now);
    changed.push(now);
  }
  return changed;
}
