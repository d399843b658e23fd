import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import '../ui/dialog';
import { field, formError, formStyles, pairs } from '../ui/form';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';

/** What follows from what. Fires `done` and `close`. */
@customElement('ps-inhibition-dialog')
export class InhibitionDialog extends LitElement {
  static styles = [shared, formStyles];

  @state() private busy = false;
  @state() private error?: ApiError;

  render() {
    return html`<ps-dialog heading="Inhibition" @close=${() => this.dispatchEvent(new Event('close'))}>
      <form @submit=${this.submit}>
        ${formError(this.error, ['id', 'source_matchers', 'target_matchers', 'equal'])}
        ${field({ name: 'id', label: 'Name', required: true, wide: true, focus: true, placeholder: 'host-down' }, this.error)}
        ${field({ name: 'source_matchers', label: 'While this is on', required: true, wide: true, placeholder: 'rule_id=host_presence',
          hint: 'Fields or labels of the alert that is the cause; all of them must fit, * stands for any text' }, this.error)}
        ${field({ name: 'target_matchers', label: 'This is not told', required: true, wide: true, placeholder: 'severity=warning',
          hint: 'Of the alerts that follow from it' }, this.error)}
        ${field({ name: 'equal', label: 'With the same', value: 'host', wide: true, placeholder: 'host, map',
          hint: 'In which fields or labels both must be alike; empty: a cause anywhere holds back all of them' }, this.error)}
        <div class="form-foot"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'One moment …' : 'Save'}</button></div>
      </form>
    </ps-dialog>`;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    try {
      await api.send('POST', '/api/v1/inhibitions', {
        id: String(form.get('id')).trim(),
        source_matchers: pairs(String(form.get('source_matchers'))),
        target_matchers: pairs(String(form.get('target_matchers'))),
        equal: String(form.get('equal')).split(',').map((name) => name.trim()).filter(Boolean),
      });
      say('Saved; it counts for what fires from now on');
      this.dispatchEvent(new Event('done'));
      this.dispatchEvent(new Event('close'));
    } catch (error) {
      this.error = error as ApiError;
      this.busy = false;
    }
  }
}
