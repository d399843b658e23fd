import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { moment } from '../format';
import { Placed, address, place } from '../place/place';
import { mayAct, mayRule } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { DELIVERY_TONES, type Delivery } from './channel';

const PAGE = 50;
const REFRESH_MS = 5_000;

/** What became of every message. */
@customElement('ps-deliveries')
export class DeliveriesView extends LitElement {
  static styles = [shared, pageStyles, cells];

  @state() private busy = '';
  private readonly deliveries = new Loaded<{ deliveries: Delivery[]; total: number }>(
    this,
    () => [timeRange.key, place.param('channel'), place.param('status'), tablePlace.page()].join('|'),
    (signal) => {
      const { from, to } = timeRange.now();
      return api.get('/api/v1/deliveries', {
        from: Math.round(from), to: timeRange.live ? null : Math.round(to), channel_id: place.param('channel'), status: place.param('status'), page: tablePlace.page(), page_size: PAGE,
      }, signal);
    },
    () => (timeRange.live ? REFRESH_MS : 0),
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error, loading } = this.deliveries;
    return html`<section class="panel" aria-label="Deliveries">
      <header><h2>Deliveries</h2><span class="push"></span>
        <select class="input" aria-label="Any outcome" @change=${(event: Event) => place.set({ status: (event.target as HTMLSelectElement).value, page: null })}>
          <option value="">Any outcome</option>${['sent', 'retrying', 'failed'].map((status) => html`<option ?selected=${place.param('status') === status}>${status}</option>`)}</select>
        <input class="input" type="search" placeholder="Channel" aria-label="Channel" .value=${place.param('channel')} @change=${(event: Event) => place.set({ channel: (event.target as HTMLInputElement).value.trim(), page: null })}>
      </header>
      <ps-table label="Deliveries" file="deliveries" .columns=${this.columns()} .rows=${value?.deliveries} .rowKey=${({ id }: Delivery) => id} .total=${value?.total ?? 0} .page=${tablePlace.page()}
        .pageSize=${PAGE} .loading=${loading && !value} .error=${error?.message ?? ''} @page=${tablePlace.turned}>
        <ps-empty slot="empty" heading="No message in this time" text=${`Messages go to channels when alerts fire. Without a channel none leaves${mayRule() ? ': add one, and press Test.' : '; an admin adds them.'}`}><a class="button" href=${address.alerts('channels')}>Channels</a></ps-empty>
      </ps-table></section>`;
  }

  private columns(): Column<Delivery>[] {
    return [
      { key: 'at', title: 'When', cell: ({ at }) => moment(at, true), text: ({ at }) => at },
      { key: 'channel', title: 'Channel', lead: true, cell: ({ channel_id }) => html`<b>${channel_id}</b>`, text: ({ channel_id }) => channel_id },
      { key: 'type', title: 'What', from: 'phone', cell: ({ type, alert_ids }) => html`${type.replace('alert.', '').replace('_', ' ')}${alert_ids.length && type !== 'test' ? html`<span class="two">${alert_ids.slice(0, 3).map((id) => html`<a href=${address.alert(id)}>alert ${id.slice(0, 6)}</a> `)}${alert_ids.length > 3 ? `and ${alert_ids.length - 3} more` : nothing}</span>` : nothing}`, text: ({ type }) => type },
      { key: 'status', title: 'Outcome', cell: ({ status, attempts, detail, cause, next_attempt_at }) => html`${chip(status, DELIVERY_TONES[status])} ${attempts > 1 ? html`<span class="faint">attempt ${attempts}</span>` : nothing}
        ${status === 'sent' ? nothing : html`<span class="two wrap">${detail ?? cause}${next_attempt_at ? `, next try ${moment(next_attempt_at, true)}` : ''}</span>`}`, text: ({ status }) => status },
      { key: 'actions', title: '', right: true, cell: ({ id, status }) => (mayAct() && status !== 'retrying' ? html`<span class="row-actions"><button class="button" ?disabled=${this.busy === id} @click=${() => this.replay(id)}>Send again</button></span>` : nothing) },
    ];
  }

  private async replay(id: string) {
    this.busy = id;
    try {
      await api.send('POST', `/api/v1/deliveries/${encodeURIComponent(id)}/replay`);
      say('Sent again, with its alerts as they are now');
    } catch (error) {
      say((error as Error).message, true);
    }
    this.busy = '';
    await this.deliveries.again();
  }
}
