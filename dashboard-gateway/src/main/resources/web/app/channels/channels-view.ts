import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { moment, plural, span } from '../format';
import { address } from '../place/place';
import { mayAct, mayRule } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pairsText } from '../ui/form';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { DELIVERY_TONES, REACH_TONES, type Channel, type Delivery } from './channel';
import './channel-dialog';
import './preview-dialog';

/** How long one waits to see what became of a test. */
const TEST_MS = 15_000;
const LOOK_MS = 700;
const REFRESH_MS = 10_000;

/** Who is told. */
@customElement('ps-channels')
export class ChannelsView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.row-actions { flex-wrap: wrap; }`];

  @state() private editing?: Channel | 'new';
  @state() private previewing = '';
  @state() private tests = new Map<string, Delivery | 'waiting'>();
  private readonly channels = new Loaded<{ channels: Channel[] }>(this, () => 'all', (signal) => api.get('/api/v1/channels', {}, signal), () => REFRESH_MS);

  render() {
    const rows = this.channels.value?.channels;
    return html`<section class="panel" aria-label="Channels">
      <header><h2>Channels</h2><span class="count">${rows?.length || ''}</span><span class="push"></span>
        ${mayRule() ? html`<button class="button primary" @click=${() => (this.editing = 'new')}>${icons.plus} New channel</button>` : nothing}</header>
      <ps-table label="Channels" .columns=${this.columns()} .rows=${rows} .rowKey=${({ id }: Channel) => id} .error=${this.channels.error?.message ?? ''}>
        <ps-empty slot="empty" heading="Nobody is told yet" text=${`Alerts show here, but no message leaves. ${mayRule() ? 'Add e-mail, Discord, Slack, SMS, a webhook or an Alertmanager, and press Test.' : 'An admin says who is told, and how.'}`}>
          ${mayRule() ? html`<button class="button primary" @click=${() => (this.editing = 'new')}>Add the first channel</button>` : nothing}</ps-empty>
      </ps-table></section>
      ${this.editing ? html`<ps-channel-dialog .channel=${this.editing === 'new' ? undefined : this.editing} @done=${() => this.channels.again()} @close=${() => (this.editing = undefined)}></ps-channel-dialog>` : nothing}
      ${this.previewing ? html`<ps-preview .channelId=${this.previewing} @close=${() => (this.previewing = '')}></ps-preview>` : nothing}`;
  }

  private columns(): Column<Channel>[] {
    return [
      { key: 'id', title: 'Channel', lead: true, cell: ({ id, type, enabled }) => html`<b>${id}</b><span class="two">${type}${enabled ? '' : ' · off'}</span>` },
      { key: 'to', title: 'To', from: 'phone', cell: ({ url, recipients, has_secret }) => html`<span class="wrap">${url ?? (recipients.join(', ') || html`<span class="faint">hidden</span>`)}</span>${has_secret ? html`<span class="two">${url ? 'signed' : 'address kept secret'}</span>` : nothing}` },
      { key: 'what', title: 'Hears of', from: 'tablet', cell: (channel) => { const { min_severity, matchers, send_resolved } = channel; return html`${chip(`${min_severity} and worse`, min_severity)}<span class="two wrap">${pairsText(matchers) || 'every host and rule'}${send_resolved ? ', and when it is over' : ''}</span>${conditions(channel)}`; } },
      { key: 'pace', title: 'At most', from: 'tablet', cell: ({ cooldown_seconds, max_per_minute }) => html`${max_per_minute} a minute<span class="two">the same again after ${span(cooldown_seconds * 1000)}</span>` },
      { key: 'reach', title: 'Reached', from: 'tablet', cell: ({ delivery }) => (delivery
        ? html`${chip(delivery.state === 'ok' ? 'yes' : delivery.state, REACH_TONES[delivery.state], delivery.detail ?? delivery.cause ?? '')}<span class="two wrap">${delivery.state === 'ok' || delivery.state === 'partial' ? moment(delivery.last_sent_at) : html`${plural(delivery.failures, 'failure')} in a row${delivery.fallback ? `, told ${delivery.fallback} instead` : ''}<br>${delivery.detail ?? delivery.cause}`}</span>`
        : html`<span class="faint">never tried</span>`) },
      { key: 'actions', title: '', right: true, cell: (channel) => this.actions(channel) },
    ];
  }

  private actions(channel: Channel) {
    const test = this.tests.get(channel.id);
    return html`<span class="row-actions">
      ${test === 'waiting' ? chip('sending …') : test ? chip(`test ${test.status}`, DELIVERY_TONES[test.status], test.detail ?? '') : nothing}
      ${mayAct() ? html`<button class="button" @click=${() => (this.previewing = channel.id)}>Preview</button>` : nothing}
      ${mayRule() ? html`<button class="button" ?disabled=${test === 'waiting'} @click=${() => this.test(channel)} aria-label="Test ${channel.id}">Test</button>
        <button class="button" @click=${() => (this.editing = channel)} aria-label="Edit ${channel.id}">Edit</button>` : nothing}
      ${mayAct() ? html`<a class="button link" href=${address.alerts('deliveries', { channel: channel.id })}>Deliveries</a>` : nothing}</span>`;
  }

  private async test({ id }: Channel) {
    this.show(id, 'waiting');
    try {
      const { delivery_id } = await api.send<{ delivery_id: string }>('POST', `/api/v1/channels/${encodeURIComponent(id)}/test`);
      const outcome = await this.fate(id, delivery_id);
      this.show(id, outcome);
      if (!outcome) say('The message is on its way; its fate will stand in Deliveries');
      else if (outcome.status === 'sent') say(`The test reached ${id}`);
      else say(`${id}: ${outcome.detail ?? outcome.cause ?? outcome.status}`, true);
    } catch (error) {
      this.show(id, undefined);
      say((error as Error).message, true);
    }
  }

  private async fate(channel: string, delivery: string): Promise<Delivery | undefined> {
    for (const until = Date.now() + TEST_MS; Date.now() < until; ) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      const { deliveries } = await api.get<{ deliveries: Delivery[] }>('/api/v1/deliveries', { channel_id: channel, page_size: 20 });
      const found = deliveries.find(({ id }) => id === delivery);
      if (found) return found;
    }
    return undefined;
  }

  private show(id: string, test?: Delivery | 'waiting') {
    this.tests = new Map(this.tests);
    if (test) this.tests.set(id, test);
    else this.tests.delete(id);
  }
}

/** What else holds it back, so that nobody wonders why it is quiet. */
function conditions({ escalate_after_seconds, quiet_hours }: Channel) {
  const said = [escalate_after_seconds ? `only what nobody acknowledged for ${span(escalate_after_seconds * 1000)}` : '', quiet_hours?.length ? 'only what is critical in quiet hours' : ''].filter(Boolean);
  return said.length ? html`<span class="two wrap">${said.join(', ')}</span>` : nothing;
}
