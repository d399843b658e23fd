import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { moment, span } from '../format';
import { store } from '../live/live';
import { mayAct } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pairsText } from '../ui/form';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import './silence-dialog';

interface Silence {
  id: string;
  status: 'pending' | 'active' | 'expired';
  matchers: Record<string, string>;
  from: string;
  to: string;
  recurring: { every: string } | null;
  comment: string;
  created_by: string;
}

const TONES = { pending: 'info', active: 'warning', expired: 'idle' };
const REFRESH_MS = 15_000;

/** Who does not want to be told of what, and until when. */
@customElement('ps-silences')
export class SilencesView extends LitElement {
  static styles = [shared, pageStyles, cells];

  @state() private making = false;
  private readonly silences = new Loaded<{ silences: Silence[] }>(this, () => 'all', (signal) => api.get('/api/v1/silences', {}, signal), () => REFRESH_MS);

  render() {
    const rows = this.silences.value?.silences;
    return html`<section class="panel" aria-label="Silences">
      <header><h2>Silences</h2><span class="count">${rows?.length || ''}</span><span class="push"></span>
        ${mayAct() ? html`<button class="button primary" @click=${() => (this.making = true)}>${icons.plus} New silence</button>` : nothing}</header>
      <ps-table label="Silences" .columns=${this.columns()} .rows=${rows} .rowKey=${(silence: Silence) => silence.id} .error=${this.silences.error?.message ?? ''}>
        <ps-empty slot="empty" heading="Nothing is silenced" text=${`A silence holds back messages while somebody works on something known. ${mayAct() ? 'Make one here, or from an alert, where it is filled in for you.' : 'Operators make them.'}`}></ps-empty>
      </ps-table></section>
      ${this.making ? html`<ps-silence-dialog @done=${() => this.silences.again()} @close=${() => (this.making = false)}></ps-silence-dialog>` : nothing}`;
  }

  private columns(): Column<Silence>[] {
    return [
      { key: 'status', title: 'State', cell: ({ status }) => chip(status, TONES[status]) },
      { key: 'matchers', title: 'Which alerts', lead: true, cell: ({ matchers, comment }) => html`<span class="mono wrap">${pairsText(matchers)}</span>${comment ? html`<span class="two wrap">${comment}</span>` : nothing}` },
      { key: 'to', title: 'Until', cell: ({ from, to, recurring, status }) => html`${moment(to)}${status === 'pending' ? html`<span class="two">from ${moment(from)}</span>` : nothing}${status === 'active' ? html`<span class="two">${span(Date.parse(to) - store.now())} left</span>` : nothing}${recurring ? html`<span class="two">again ${recurring.every}</span>` : nothing}` },
      { key: 'by', title: 'By', from: 'phone', cell: ({ created_by }) => created_by },
      { key: 'actions', title: '', right: true, cell: (silence) => (mayAct() && silence.status !== 'expired' ? html`<span class="row-actions"><button class="button" @click=${() => this.end(silence)}>End</button></span>` : nothing) },
    ];
  }

  private async end(silence: Silence) {
    try {
      await api.send('DELETE', `/api/v1/silences/${encodeURIComponent(silence.id)}`);
      say('Ended; what still fires is told now');
      await this.silences.again();
    } catch (error) {
      say((error as Error).message, true);
    }
  }
}
