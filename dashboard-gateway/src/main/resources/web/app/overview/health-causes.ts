import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { plural } from '../format';
import type { HostLive } from '../live/frames';
import { Live, store } from '../live/live';
import { HOME, address } from '../place/place';
import { shared } from '../ui/styles';

/** The parts of network health and what they weigh; a part with nothing to judge is left out. */
const WEIGHTS = { up: 4, links: 3, unstrained: 3 };
const STRAINED_PERCENT = 90;
const STRAINED_ERRORS_PERCENT = 5;
const NAMED = 3;

interface Cause {
  text: string;
  lost: number;
  hosts: HostLive[];
  href: string;
}

/** What pulls the health of the network down, and by how much. Nothing where nothing does. */
@customElement('ps-health-causes')
export class HealthCauses extends LitElement {
  static styles = [shared, css`
    .panel { display: flex; flex-wrap: wrap; gap: 4px 22px; align-items: baseline; margin-top: 12px; padding: 9px 14px; }
    h2 { color: var(--text-soft); font-weight: 500; }
    li { display: inline-flex; flex-wrap: wrap; gap: 0 7px; align-items: baseline; } ul { display: flex; flex-wrap: wrap; gap: 2px 22px; }
    b { color: var(--warning); font-weight: 650; font-variant-numeric: tabular-nums; }
    a { color: inherit; } .all { text-decoration: none; } .all:hover { text-decoration: underline; } .named { font-size: 12px; color: var(--text-soft); }`];

  constructor() {
    super();
    new Live(this, { of: ['hosts'] });
  }

  render() {
    const causes = found([...store.hosts.values()]).filter(({ lost }) => lost >= 0.05);
    if (!causes.length) return nothing;
    return html`<section class="panel" aria-labelledby="down"><h2 id="down">What pulls health down</h2>
      <ul>${causes.map(({ text, lost, hosts, href }) => html`<li><b>−${lost.toFixed(1)}</b><a class="all" href=${href}>${text}</a>
        <span class="named">${hosts.slice(0, NAMED).map(({ host }, at) => html`${at ? ', ' : ''}<a href=${address.host(host)}>${host}</a>`)}${hosts.length > NAMED ? ` and ${hosts.length - NAMED} more` : nothing}</span></li>`)}</ul></section>`;
  }
}

function found(hosts: HostLive[]): Cause[] {
  const heard = hosts.filter(({ status }) => status !== 'left');
  const silent = heard.filter(({ status }) => status === 'silent');
  const up = heard.filter(({ status }) => status !== 'silent');
  const strained = up.filter(({ fields }) => (fields.cpu_usage ?? 0) >= STRAINED_PERCENT || (fields.memory_usage ?? 0) >= STRAINED_PERCENT || (fields.error_rate ?? 0) >= STRAINED_ERRORS_PERCENT);
  const links = up.reduce((sum, host) => sum + host.links.fresh, 0);
  const impaired = up.reduce((sum, host) => sum + host.links.impaired, 0);
  const weight = WEIGHTS.up + (links ? WEIGHTS.links : 0) + (up.length ? WEIGHTS.unstrained : 0);
  const lost = (part: number, bad: number, all: number) => (all ? (100 * part * bad) / all / weight : 0);
  const byImpaired = up.filter((host) => host.links.impaired).sort((a, b) => b.links.impaired - a.links.impaired);
  return [
    { text: plural(silent.length, 'silent host'), lost: lost(WEIGHTS.up, silent.length, heard.length), hosts: silent, href: `${HOME}/hosts?status=silent` },
    { text: `${plural(strained.length, 'host')} at the limit`, lost: lost(WEIGHTS.unstrained, strained.length, up.length), hosts: strained, href: `${HOME}/hosts?sort=-cpu_usage` },
    { text: `${plural(impaired, 'impaired link')} of ${links}`, lost: lost(WEIGHTS.links, impaired, links), hosts: byImpaired, href: `${HOME}/network?sort=worst` },
  ].sort((a, b) => b.lost - a.lost);
}
