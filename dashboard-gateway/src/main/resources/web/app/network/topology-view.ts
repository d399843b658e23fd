import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ChartHost } from '../chart/chart-host';
import type { GraphEdge, GraphNode } from '../chart/graph';
import type { GraphView } from '../chart/graph-chart';
import { Look } from '../chart/look';
import { Loaded } from '../data/loaded';
import { count, plural, withUnit } from '../format';
import { Live, store } from '../live/live';
import { address, place } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { latencyTone } from './latency';
import { regionOf } from './links';
import { layout, topology, type Topology, type TopologyLink } from './topology';

const REFRESH_MS = 5_000;
/** Beyond so many hosts names would only cover one another. */
const MOST_NAMES = 80;
/** Beyond so many links they are hairlines, in which more is to be seen, and which are drawn five times as fast. */
const MOST_LINES = 500;
const WIDTH = { bridge: 3.5, line: 1.4, hairline: 1 };
const LEVELS: Record<string, 'ok' | 'warning' | 'critical'> = { excellent: 'ok', good: 'ok', fair: 'warning', poor: 'critical', unusable: 'critical' };
const TONES = { ok: '--ok', warning: '--warning-fill', critical: '--critical-fill' };

/** The network as a graph: regions, links by their latency, and what would tear it apart. */
@customElement('ps-topology-view')
export class TopologyView extends ChartHost<GraphView> {
  static styles = [shared, pageStyles, cells, ...ChartHost.chartHostStyles, css`
    .box { position: relative; height: min(680px, 74vh); } .empty { position: absolute; inset: 0; }
    .keys { display: flex; flex-wrap: wrap; gap: 6px 16px; padding: 9px 14px; border-top: 1px solid var(--line); font-size: 12px; color: var(--text-soft); }
    .keys span { display: inline-flex; align-items: center; gap: 6px; }
    .keys svg { color: var(--ok); } .keys .w { color: var(--warning-fill); } .keys .c { color: var(--critical-fill); } .keys .n { color: var(--text-faint); }
  `];

  private readonly graph = new Loaded<Topology>(this, () => 'all', (signal) => topology(signal), () => REFRESH_MS);

  constructor() {
    super();
    new Live(this, { of: ['hosts'] });
  }

  render() {
    const { value, error } = this.graph;
    // A host without any link is no part of a mesh that broke.
    const parts = value?.components.filter((hosts) => hosts.length > 1).length ?? 0;
    const alone = (value?.components.length ?? 0) - parts;
    return html`<section class="panel" aria-label="Topology">
      <header><h2>Topology</h2>${value ? html`<span class="count">${plural(value.nodes.length, 'host')}, ${plural(value.links.length, 'link')}</span>` : nothing}<span class="push"></span>
        ${parts > 1 ? chip(`split into ${parts} parts`, 'critical') : parts ? chip('in one piece', 'ok') : nothing}
        ${alone ? chip(`${plural(alone, 'host')} without a link`, 'idle', value!.components.filter((hosts) => hosts.length === 1).flat().join('\n')) : nothing}
        ${value?.bridges.length ? chip(plural(value.bridges.length, 'bridge'), 'warning', value.bridges.map(([a, b]) => `${a} – ${b}`).join('\n')) : nothing}
        ${value?.articulation.size ? chip(`${plural(value.articulation.size, 'host')} hold it together`, 'warning', [...value.articulation].join('\n')) : nothing}</header>
      <div class="box">${this.keyed(`Graph of ${count(value?.nodes.length)} hosts and ${count(value?.links.length)} links`)}
        ${value?.nodes.length ? nothing : html`<div class="empty">${error ? html`<ps-empty heading="The topology could not be read" text=${error.message}></ps-empty>`
          : value ? html`<ps-empty heading="No link is fresh" text="As soon as hosts report links to one another, the network is drawn here."></ps-empty>` : html`<p class="pad soft">Loading …</p>`}</div>`}
      </div>
      <div class="keys">${key('', 'good, or under 100 ms')}${key('w', 'fair, or under 200 ms')}${key('c', 'poor, down, or slower')}${key('n', 'relayed', true)}
        <span>▲ degraded</span><span>○ silent</span><span>ring: would split the network</span><span>drag, wheel, + −; click: open; double click, 0: all; arrows, Enter</span></div>
    </section>`;
  }

  protected async make(canvas: HTMLElement) {
    const { GraphView: View } = await import('../chart/graph-chart');
    return new View(canvas, (from, to) => place.go(to ? address.link(from, to) : address.host(from)), (text) => (this.spoken = text));
  }

  /** The same graph is another picture once the states of its hosts are known. */
  protected shown() {
    return store.hosts.size ? this.graph.value : this.graph.value?.nodes;
  }

  protected draw(chart: GraphView, canvas: HTMLElement) {
    const value = this.graph.value;
    if (!value) return;
    const look = new Look(canvas);
    const bridges = new Set(value.bridges.flatMap(([a, b]) => [`${a}|${b}`, `${b}|${a}`]));
    chart.draw(this.nodes(value, look), value.links.map((link) => edge(link, look, bridges.has(`${link.a}|${link.b}`), value.links.length > MOST_LINES)), look);
  }

  private nodes({ nodes, articulation, links }: Topology, look: Look): GraphNode[] {
    const places = layout(nodes);
    const regions = [...new Set(nodes.map(regionOf))].sort();
    const degree = new Map<string, number>();
    for (const { a, b } of links) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
    return nodes.map((host) => {
      const live = store.hosts.get(host);
      const silent = live?.status === 'silent';
      return {
        name: host, ...places.get(host)!, size: 11 + Math.min(16, Math.sqrt(live?.fields.player_count ?? 0) * 1.4),
        colour: silent ? look.colour('--idle') : look.colour(`--series-${(regions.indexOf(regionOf(host)) % 8) + 1}`),
        shape: live?.status === 'degraded' ? 'triangle' : 'circle', hollow: silent,
        ring: articulation.has(host) ? look.colour('--critical-fill') : undefined, labelled: nodes.length <= MOST_NAMES,
        facts: [
          { name: 'State', value: live?.status ?? 'unknown' }, { name: 'Region', value: regionOf(host) }, { name: 'Links', value: count(degree.get(host)) },
          { name: 'Players', value: count(live?.fields.player_count) }, { name: 'Latency', value: withUnit(live?.links.average_latency_ms, 'ms') },
        ],
      };
    });
  }
}

function edge({ a, b, latency_ms, level, up, path, verdict }: TopologyLink, look: Look, bridge: boolean, crowd: boolean): GraphEdge {
  return {
    from: a, to: b, width: bridge ? WIDTH.bridge : crowd ? WIDTH.hairline : WIDTH.line, dashed: path !== '' && path !== 'direct',
    colour: look.colour(!up ? TONES.critical : level ? TONES[LEVELS[level] ?? 'warning'] : latency_ms === null ? '--idle' : TONES[latencyTone(latency_ms)]),
    facts: [
      ...(latency_ms === null ? [] : [{ name: 'Latency', value: withUnit(latency_ms, 'ms') }]), ...(level ? [{ name: 'Quality', value: level }] : []),
      ...(up ? [] : [{ name: 'State', value: 'down' }]), { name: 'Path', value: path || '–' },
      ...(verdict ? [{ name: 'Both ends', value: verdict.replaceAll('_', ' ') }] : []), ...(bridge ? [{ name: 'Bridge', value: 'the only way between two parts' }] : []),
    ],
  };
}

function key(tone: string, text: string, dashed = false) {
  return html`<span><svg class=${tone} width="22" height="6" aria-hidden="true"><line x1="0" x2="22" y1="3" y2="3" stroke="currentColor" stroke-width="2" stroke-dasharray=${dashed ? '5 3' : nothing}></line></svg>${text}</span>`;
}
