import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, type ApiError } from '../api';
import '../ui/dialog';
import { choice, field, formError, formStyles, pairs, pairsText, tick } from '../ui/form';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { NEEDS, TYPES, type Channel, type ChannelType } from './channel';

const FIELDS = ['id', 'url', 'secret', 'recipients', 'account', 'matchers', 'cooldown_seconds', 'max_per_minute', 'group_by', 'group_wait_seconds', 'repeat_seconds', 'escalate_after_seconds', 'fallback', 'action.name'];

/** A channel, new or not. Fires `done` and `close`. */
@customElement('ps-channel-dialog')
export class ChannelDialog extends LitElement {
  static styles = [shared, formStyles];

  /** None: a new one. */
  @property({ attribute: false }) channel?: Channel;
  @state() private type: ChannelType = 'webhook';
  @state() private busy = false;
  @state() private error?: ApiError;

  connectedCallback() {
    super.connectedCallback();
    if (this.channel) this.type = this.channel.type;
  }

  render() {
    const { channel, error } = this;
    const needs = NEEDS[this.type];
    const kept = channel ? 'Stays as it is where left empty' : undefined;
    return html`<ps-dialog heading=${channel ? `Channel ${channel.id}` : 'New channel'} @close=${() => this.dispatchEvent(new Event('close'))}>
      <form @submit=${this.submit}>
        ${formError(error, FIELDS)}
        ${field({ name: 'id', label: 'Name', value: channel?.id, required: true, readonly: Boolean(channel), placeholder: 'ops', focus: !channel }, error)}
        ${choice({ name: 'type', label: 'Type', value: this.type, options: channel ? [channel.type] : TYPES, changed: (value) => (this.type = value as ChannelType) }, error)}
        ${needs.url ? field({ name: 'url', label: 'Address', value: channel?.url ?? '', required: !channel, placeholder: needs.url, wide: true, hint: channel?.has_secret && !channel.url ? kept : undefined }, error) : nothing}
        ${needs.secret ? field({ name: 'secret', label: 'Secret', type: 'password', autocomplete: 'new-password', wide: true, hint: kept ?? 'Signs every message (Standard Webhooks); optional' }, error) : nothing}
        ${needs.recipients ? field({ name: 'recipients', label: 'Recipients', value: channel?.recipients.join(', '), required: !channel, placeholder: needs.recipients, wide: true }, error) : nothing}
        ${needs.account ? field({ name: 'account', label: 'Account', value: channel?.account ?? '', wide: true, hint: 'Where the notifier has more than one' }, error) : nothing}
        ${needs.action ? html`${field({ name: 'action.name', label: 'What is asked for', value: channel?.action?.name, required: true, placeholder: 'failover' }, error)}
          ${tick('dry_run', 'Only pretend', channel?.action?.dry_run ?? true, 'Whoever is asked is told not to act')}` : nothing}
        ${choice({ name: 'min_severity', label: 'Hears of', value: channel?.min_severity ?? (this.type === 'sms' ? 'critical' : 'warning'), options: ['info', 'warning', 'high', 'critical'].map((value) => ({ value, label: value === 'critical' ? value : `${value} and worse` })) }, error)}
        ${field({ name: 'matchers', label: 'Only', value: pairsText(channel?.matchers), placeholder: 'host=eu-*, family=network' }, error)}
        ${field({ name: 'cooldown_seconds', label: 'The same again after (s)', type: 'number', min: 0, value: channel?.cooldown_seconds ?? 300 }, error)}
        ${field({ name: 'max_per_minute', label: 'Messages a minute', type: 'number', min: 1, value: channel?.max_per_minute ?? 10, hint: 'Beyond, one digest names every alert' }, error)}
        <details class="wide" ?open=${Boolean(error)}><summary>Groups, repeats and what if it fails</summary><fieldset>
          ${field({ name: 'group_by', label: 'Together by', value: channel?.group_by.join(', '), placeholder: 'rule_id', hint: 'Alerts alike in these go in one message' }, error)}
          ${field({ name: 'group_wait_seconds', label: 'Waits for more (s)', type: 'number', min: 0, value: channel?.group_wait_seconds ?? 0 }, error)}
          ${field({ name: 'repeat_seconds', label: 'Reminds every (s)', type: 'number', min: 0, value: channel?.repeat_seconds ?? 0, hint: '0: never; ends when acknowledged' }, error)}
          ${field({ name: 'escalate_after_seconds', label: 'Hears only after (s)', type: 'number', min: 0, value: channel?.escalate_after_seconds ?? 0, hint: 'Of what nobody acknowledged meanwhile' }, error)}
          ${field({ name: 'fallback', label: 'Instead, if it cannot be reached', value: channel?.fallback ?? '', placeholder: 'another channel', wide: true }, error)}</fieldset></details>
        ${tick('send_resolved', 'Also tell when it is over', channel?.send_resolved ?? this.type !== 'action')}
        ${tick('enabled', 'On', channel?.enabled ?? true)}
        <div class="form-foot">
          ${channel ? html`<button type="button" class="button" ?disabled=${this.busy} @click=${this.erase}>Delete</button>` : nothing}
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Saving …' : 'Save'}</button></div>
      </form></ps-dialog>`;
  }

  private readonly submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const optional = (name: string) => (text(name) ? { [name]: text(name) } : {});
    const { channel } = this;
    this.busy = true;
    try {
      await api.send(channel ? 'PUT' : 'POST', channel ? path(channel.id) : '/api/v1/channels', {
        ...kept(channel), id: text('id'), type: this.type, enabled: form.has('enabled'), send_resolved: form.has('send_resolved'), min_severity: text('min_severity'),
        matchers: pairs(text('matchers')), cooldown_seconds: Number(text('cooldown_seconds')), max_per_minute: Number(text('max_per_minute')),
        group_by: text('group_by').split(/[,\s]+/).filter(Boolean), group_wait_seconds: Number(text('group_wait_seconds')), repeat_seconds: Number(text('repeat_seconds')),
        escalate_after_seconds: Number(text('escalate_after_seconds')), ...optional('fallback'),
        ...(this.type === 'action' ? { action: { ...channel?.action, name: text('action.name'), dry_run: form.has('dry_run') } } : {}), ...optional('url'), ...optional('secret'), ...optional('account'),
        ...(text('recipients') ? { recipients: text('recipients').split(/[,\s]+/) } : {}),
      });
      say('Saved');
      this.finished();
    } catch (error) {
      this.error = error as ApiError;
      this.busy = false;
    }
  };

  private readonly erase = async () => {
    if (!confirm(`Delete the channel ${this.channel!.id}?`)) return;
    try {
      await api.send('DELETE', path(this.channel!.id));
      say('Deleted');
      this.finished();
    } catch (error) {
      this.error = error as ApiError;
    }
  };

  private finished() {
    this.dispatchEvent(new Event('done'));
    this.dispatchEvent(new Event('close'));
  }
}

/** What the form does not show stays as it is; what is secret is kept by being left out. */
function kept(channel?: Channel): Record<string, unknown> {
  const { has_secret: _, url: __, fallback: ___, ...rest } = { ...channel } as Record<string, unknown>;
  delete rest.delivery;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}

function path(id: string): string {
  return `/api/v1/channels/${encodeURIComponent(id)}`;
}
