import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, moment, plural, withUnit } from '../format';
import { address } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

interface Part {
  successes: number;
  trials: number;
  lower_bound: number;
}

interface Reliability {
  score: number | null;
  days: number;
  availability: Part | null;
  links: Part | null;
  transfers: Part | null;
  leaves: number;
  crashes: number;
  flaps: number;
}

interface Presence {
  state: string;
  since: string;
  evidence: string[];
  links_up: number;
  links_down: number;
  contradictions: number;
}

const REFRESH_MS = 15_000;
const GOOD = new Set(['up', 'left', 'expected_absence']);
const PARTS = [
  ['availability', 'Was there', 'minutes in which it was awaited'],
  ['links', 'Connected', 'connections that came to be or failed'],
  ['transfers', 'Delivered', 'transfers with an outcome'],
] as const;

/** How far a host can be relied on, with all that it takes to compute it again, and what its peers say of it now. */
@customElement('ps-host-reliability')
export class HostReliability extends LitElement {
  static styles = [shared, pageStyles, cells, css`@media (min-width: 641px) { .tiles { grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); } } .big { font-size: 30px; }`];

  @property() name = '';
  private readonly score = new Loaded<Reliability>(this, () => this.name, (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/reliability`, {}, signal), () => REFRESH_MS);
  private readonly presence = new Loaded<Presence>(this, () => this.name, (signal) => api.get(`/api/v1/hosts/${encodeURIComponent(this.name)}/presence`, {}, signal), () => REFRESH_MS);

  render() {
    const score = this.score.value;
    const presence = this.presence.value;
    if (!score && !presence) {
      return this.score.error || this.presence.error
        ? html`<section class="panel" aria-label="Reliability"><ps-empty heading="Nothing is known of this host's reliability yet" text="It is computed from how often the host was there when it was awaited, and from what became of its connections and transfers over thirty days."></ps-empty></section>`
        : html`<p class="soft">Loading …</p>`;
    }
    return html`<div class="stack">${score ? this.scored(score) : nothing}${presence ? this.seen(presence) : nothing}</div>`;
  }

  private scored(reliability: Reliability) {
    const tile = (title: string, value: string, note: string) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    return html`<dl class="tiles">
      ${tile('Reliability', reliability.score === null ? '–' : withUnit(reliability.score * 100, 'percent'), `at least, of ${reliability.days} days; few trials make a low score`)}
      ${PARTS.map(([part, title, what]) => {
        const of = reliability[part];
        return tile(title, of ? withUnit((of.successes / of.trials) * 100, 'percent') : '–', of ? `${count(of.successes)} of ${count(of.trials)} ${what}` : 'no trial yet');
      })}
      ${tile('Gone without a word', count(reliability.crashes), `${plural(reliability.leaves, 'goodbye')}, back within five minutes ${plural(reliability.flaps, 'time')}`)}</dl>`;
  }

  private seen({ state, since, evidence, links_up, links_down, contradictions }: Presence) {
    return html`<section class="panel" aria-label="Presence"><header><h2>What its peers say</h2>${chip(state.replaceAll('_', ' '), GOOD.has(state) ? 'ok' : 'warning')}</header>
      <div class="pad"><dl class="facts-list"><dt>Since</dt><dd>${moment(since, true)}</dd>
        <dt>Links</dt><dd>${links_up} up, ${links_down} down${contradictions ? `, ${contradictions} in which the ends contradict one another` : ''}</dd>
        ${evidence.length ? html`<dt>On the word of</dt><dd>${evidence.map((peer, at) => html`${at ? ', ' : ''}<a href=${address.host(peer)}>${peer}</a>`)}</dd>` : nothing}</dl></div></section>`;
  }
}
