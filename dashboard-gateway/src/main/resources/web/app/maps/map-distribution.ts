import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { count, plural } from '../format';
import { address } from '../place/place';
import { shared } from '../ui/styles';
import type { MapRow } from './map-columns';

const MOST_HOSTS = 24;

interface Share {
  host: string;
  total: number;
  maps: MapRow[];
}

/** How players are spread over hosts; within a host, over its maps. */
@customElement('ps-map-distribution')
export class MapDistribution extends LitElement {
  static styles = [shared, css`
    ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 2px 26px; padding: 10px 14px 14px; }
    li { display: grid; grid-template-columns: 118px minmax(0, 1fr) 40px; gap: 10px; align-items: center; min-height: 24px; font-size: 12px; }
    a { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: inherit; text-decoration: none; } a:hover { color: var(--accent); }
    svg { display: block; width: 100%; height: 12px; }
    b { text-align: right; font-variant-numeric: tabular-nums; }
    .p2p { fill: var(--series-1); } .vps { fill: var(--series-4); }
    rect { stroke: var(--surface); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
    .keys { display: inline-flex; gap: 14px; font-size: 12px; color: var(--text-soft); } .keys i { display: inline-block; width: 9px; height: 9px; margin-right: 5px; border-radius: 2px; }
    .keys .p2p { background: var(--series-1); } .keys .vps { background: var(--series-4); }
  `];

  @property({ attribute: false }) maps: MapRow[] = [];

  render() {
    const shares = this.shares();
    const most = Math.max(1, ...shares.map(({ total }) => total));
    return html`<section class="panel" aria-label="Players by host and map">
      <header><h2>Players by host and map</h2><span class="count">${shares.length > MOST_HOSTS ? `the ${MOST_HOSTS} fullest of ${plural(shares.length, 'host')}` : ''}</span>
        <span class="push keys"><span><i class="p2p"></i>P2P</span><span><i class="vps"></i>VPS</span></span></header>
      <ul>${shares.slice(0, MOST_HOSTS).map((share) => this.bar(share, most))}</ul></section>`;
  }

  private bar({ host, total, maps }: Share, most: number) {
    let x = 0;
    return html`<li><a href="${address.host(host)}?view=maps" title=${host}>${host}</a>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="${host}: ${plural(total, 'player')} on ${plural(maps.length, 'map')}">
        ${maps.map(({ map, hosting, player_count }) => {
          const width = ((player_count ?? 0) / most) * 100;
          const at = x;
          x += width;
          return width ? svg`<rect class=${hosting === 'p2p' ? 'p2p' : 'vps'} x=${at} width=${width} height="12"><title>${map}: ${count(player_count)}</title></rect>` : nothing;
        })}</svg><b>${count(total)}</b></li>`;
  }

  private shares(): Share[] {
    const byHost = new Map<string, Share>();
    for (const row of this.maps) {
      const share = byHost.get(row.host) ?? { host: row.host, total: 0, maps: [] };
      share.total += row.player_count ?? 0;
      share.maps.push(row);
      byHost.set(row.host, share);
    }
    for (const { maps } of byHost.values()) maps.sort((a, b) => (b.player_count ?? 0) - (a.player_count ?? 0));
    return [...byHost.values()].sort((a, b) => b.total - a.total || a.host.localeCompare(b.host));
  }
}
