import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, moment, plural, withUnit } from '../format';
import { Placed, address, place } from '../place/place';
import { cells, chip, simulatedTag } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';

interface Advice {
  id: string;
  kind: 'move_map' | 'relay_link' | 'second_link' | 'recommend_peer';
  state: 'open' | 'applied' | 'confirmed' | 'refuted';
  map: string | null;
  from: string;
  to: string;
  via: string | null;
  peers: string[];
  metric: string;
  before: number;
  predicted: number;
  gain: number;
  measured: number | null;
  measured_gain: number | null;
  headroom: number | null;
  made_at: string;
  applied_at: string | null;
  simulated: boolean;
}

interface TrackRecord {
  kind: Advice['kind'];
  confirmed: number;
  refuted: number;
  weight: number;
}

interface Suggestions {
  suggestions: Advice[];
  total: number;
  page_size: number;
  records: TrackRecord[];
}

const REFRESH_MS = 10_000;
const TONES: Record<Advice['state'], string> = { open: 'info', applied: 'warning', confirmed: 'ok', refuted: 'critical' };
const STATES = [{ value: '', label: 'All' }, { value: 'open', label: 'Open' }, { value: 'applied', label: 'Being measured' }, { value: 'confirmed,refuted', label: 'Measured' }];
const KINDS: Record<Advice['kind'], string> = { move_map: 'Maps to move', relay_link: 'Links to relay', second_link: 'Second links', recommend_peer: 'Nearer peers' };

/** What would make the network better, what it should bring, and what it brought where somebody did it. */
@customElement('ps-advice-view')
export class AdviceView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles { margin-bottom: 12px; }`];

  private readonly advice = new Loaded<Suggestions>(
    this,
    () => `${place.param('state')}|${place.param('host')}|${tablePlace.page()}`,
    (signal) => api.get('/api/v1/network/suggestions', { state: place.param('state'), host: place.param('host'), page: tablePlace.page() }, signal),
    () => REFRESH_MS,
  );

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.advice;
    const tried = (value?.records ?? []).filter(({ confirmed, refuted }) => confirmed + refuted > 0);
    return html`${tried.length ? html`<dl class="tiles">${tried.map(({ kind, confirmed, refuted, weight }) => html`<div class="panel tile"><dt>${KINDS[kind]}</dt>
          <dd>${count(confirmed)} <small>of ${plural(confirmed + refuted, 'time')} as predicted</small></dd><dd class="note">counts ${withUnit(weight * 100, 'percent')} in the order below</dd></div>`)}</dl>` : nothing}
      <section class="panel" aria-label="Advice"><header><h2>Advice</h2><span class="count">${value ? count(value.total) : ''}</span><span class="push"></span>
        ${place.param('host') ? html`<button class="button" @click=${() => place.set({ host: null, page: null }, true)} title="Advice for all hosts">${place.param('host')} ×</button>` : nothing}
        <ps-segmented label="State" .choices=${STATES} .value=${place.param('state')} @choose=${(event: CustomEvent<string>) => place.set({ state: event.detail || null, page: null }, true)}></ps-segmented></header>
        <ps-table label="Advice" file="advice" .columns=${COLUMNS} .rows=${value?.suggestions} .rowKey=${({ id, made_at }: Advice) => `${id}|${made_at}`} error=${error?.message ?? ''}
          .total=${value?.total ?? 0} .page=${tablePlace.page()} .pageSize=${value?.page_size ?? 50} @page=${tablePlace.turned}>
          <ps-empty slot="empty" heading="Nothing to advise" text="Maps that other hosts are nearer to, slow links that a third host could shorten, and links that alone hold the mesh together appear here, each with what changing it should bring."></ps-empty></ps-table>
      </section>`;
  }
}

const host = (name: string) => html`<a class="plain" href=${address.host(name)}>${name}</a>`;
const link = (a: string, b: string) => html`<a class="plain" href=${address.link(a, b)}>${a} – ${b}</a>`;

function sentence({ kind, map, from, to, via, peers, simulated }: Advice) {
  const tag = simulated ? simulatedTag : nothing;
  switch (kind) {
    case 'move_map': return html`Move <b>${map}</b> from ${host(from)} to ${host(to)}${tag}`;
    case 'relay_link': return html`Let ${link(from, to)} go through ${host(via ?? '')}${tag}`;
    case 'second_link': return html`Link ${host(from)} with ${host(to)}: ${link(peers[0], peers[1])} alone holds the mesh together${tag}`;
    case 'recommend_peer': return html`Link ${host(from)} with ${host(to)}, which is near to ${host(peers[0])}${tag}`;
  }
}

function words({ kind, map, from, to, via }: Advice): string {
  return [kind, map, from, to, via].filter(Boolean).join(' ');
}

const amount = (value: number | null, { metric }: Advice) => (value === null ? html`<span class="faint">–</span>` : metric === 'latency_ms' ? withUnit(value, 'ms') : plural(value, 'host'));

const COLUMNS: Column<Advice>[] = [
  { key: 'what', title: 'What', lead: true, cell: sentence, text: words },
  { key: 'gain', title: 'Should bring', right: true, cell: (advice) => html`<b>${amount(advice.gain, advice)}</b>`, text: ({ gain }) => gain },
  { key: 'before', title: 'Now', right: true, from: 'tablet', cell: (advice) => amount(advice.before, advice), text: ({ before }) => before },
  { key: 'predicted', title: 'Then', right: true, from: 'tablet', cell: (advice) => amount(advice.predicted, advice), text: ({ predicted }) => predicted },
  { key: 'measured', title: 'Brought', right: true, cell: (advice) => amount(advice.measured_gain, advice), text: ({ measured_gain }) => measured_gain },
  { key: 'headroom', title: 'To spare', right: true, from: 'tablet', cell: ({ headroom }) => (headroom === null ? html`<span class="faint">–</span>` : withUnit(headroom * 100, 'percent')), text: ({ headroom }) => headroom },
  { key: 'state', title: 'State', cell: ({ state }) => chip(state === 'applied' ? 'being measured' : state, TONES[state]), text: ({ state }) => state },
  { key: 'made_at', title: 'Since', right: true, from: 'tablet', cell: ({ made_at }) => html`<span class="soft">${moment(made_at)}</span>`, text: ({ made_at }) => made_at },
];
