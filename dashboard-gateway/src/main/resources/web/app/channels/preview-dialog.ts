import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { titleOf, worstFirst } from '../alerts/words';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { store } from '../live/live';
import '../ui/dialog';
import { shared } from '../ui/styles';

/** What a channel would be sent, without sending it. */
@customElement('ps-preview')
export class PreviewDialog extends LitElement {
  static styles = [shared, css`
    ps-dialog { --dialog-width: 720px; }
    select { width: 100%; margin-bottom: 12px; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 14px; margin-bottom: 10px; font-size: 12px; } dt { color: var(--text-faint); } dd { overflow-wrap: anywhere; }
    pre { margin: 0 0 8px; padding: 12px 14px; max-height: 50vh; overflow: auto; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--raised); font: 12px/1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }`];

  @property() channelId = '';
  @state() private alertId = '';
  private readonly preview = new Loaded<Record<string, unknown>>(this, () => `${this.channelId}|${this.alertId}`,
    (signal) => api.get(`/api/v1/channels/${encodeURIComponent(this.channelId)}/preview`, { alert: this.alertId }, signal));

  render() {
    const { value, error } = this.preview;
    const parts = Object.entries(value ?? {}).filter(([, part]) => part !== null && part !== '');
    const short = parts.filter(([, part]) => typeof part === 'string' && part.length < 120 && !part.includes('\n'));
    const long = parts.filter((part) => !short.includes(part));
    return html`<ps-dialog heading="What ${this.channelId} would be sent" @close=${() => this.dispatchEvent(new Event('close'))}>
      <select class="input" aria-label="Of which alert" @change=${(event: Event) => (this.alertId = (event.target as HTMLSelectElement).value)}>
        <option value="">An example</option>
        ${[...store.alerts.values()].sort(worstFirst).slice(0, 50).map((alert) => html`<option value=${alert.id}>${titleOf(alert)}</option>`)}</select>
      ${error ? html`<p role="alert">${error.message}</p>` : nothing}
      ${short.length ? html`<dl>${short.map(([name, part]) => html`<dt>${name.replaceAll('_', ' ')}</dt><dd>${part}</dd>`)}</dl>` : nothing}
      ${long.map(([name, part]) => html`<pre tabindex="0" aria-label=${name}>${shown(part)}</pre>`)}
    </ps-dialog>`;
  }
}

/** JSON in lines, whether it comes as such or as text. */
function shown(part: unknown): string {
  if (typeof part !== 'string') return JSON.stringify(part, null, 2);
  try {
    return JSON.stringify(JSON.parse(part), null, 2);
  } catch {
    return part;
  }
}
