import { ApiError, api } from '../api';
import { latestLinks, regionOf } from './links';

export interface TopologyLink {
  a: string;
  b: string;
  latency_ms: number | null;
  /** Its quality in a word, where that is known; then its latency need not be. */
  level: string;
  up: boolean;
  path: string;
  verdict: string;
}

export interface Topology {
  nodes: string[];
  links: TopologyLink[];
  components: string[][];
  bridges: [string, string][];
  articulation: Set<string>;
}

type Said = string | { host?: string; name?: string };

interface Answer {
  nodes: Said[];
  links: (Record<string, unknown> & { a?: string; b?: string; from?: string; to?: string })[];
  components?: string[][];
  bridges?: [string, string][];
  articulation_hosts?: string[];
}

/** The graph of fresh links; where the address is missing, made of what hosts have measured lately. */
export async function topology(signal?: AbortSignal): Promise<Topology> {
  try {
    return read(await api.get<Answer>('/api/v1/network/topology', {}, signal));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    return gathered(signal);
  }
}

function read({ nodes, links, components, bridges, articulation_hosts }: Answer): Topology {
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    nodes: nodes.map((node) => (typeof node === 'string' ? node : node.host ?? node.name ?? '')),
    links: links.map((link) => ({
      a: String(link.a ?? link.from), b: String(link.b ?? link.to), latency_ms: number(link.latency_ms) ?? number(link.average_latency_ms),
      level: String(link.level ?? ''), up: link.up !== false, path: link.path === 'unknown' ? '' : String(link.path ?? ''), verdict: String(link.verdict ?? ''),
    })),
    components: components ?? [], bridges: bridges ?? [], articulation: new Set(articulation_hosts ?? []),
  };
}

async function gathered(signal?: AbortSignal): Promise<Topology> {
  const links = new Map<string, TopologyLink>();
  for (const { from, to, latency_ms, path } of await latestLinks('', signal, ['latency_ms'])) {
    const [a, b] = from < to ? [from, to] : [to, from];
    const known = links.get(`${a}|${b}`);
    const worse = known?.latency_ms != null && latency_ms != null ? Math.max(known.latency_ms, latency_ms) : latency_ms ?? known?.latency_ms ?? null;
    links.set(`${a}|${b}`, { a, b, latency_ms: worse, level: '', up: true, path: path || known?.path || '', verdict: known ? '' : 'one_sided' });
  }
  const nodes = [...new Set([...links.values()].flatMap(({ a, b }) => [a, b]))];
  return { nodes, links: [...links.values()], components: [], bridges: [], articulation: new Set() };
}

export type Places = Map<string, { x: number; y: number }>;

/** So many hosts find room on one ring, where no link between two of them passes through a third. */
const MOST_ON_A_RING = 12;

/** The same network always looks the same, and a change shows as a change. */
export function layout(nodes: string[]): Places {
  const byRegion = new Map<string, string[]>();
  for (const host of [...nodes].sort()) byRegion.set(regionOf(host), [...(byRegion.get(regionOf(host)) ?? []), host]);
  const regions = [...byRegion].sort(([a], [b]) => a.localeCompare(b)).map(([, hosts]) => hosts);
  return nodes.length > MOST_ON_A_RING ? groups(regions) : ring(regions);
}

/** All hosts around one circle, a gap between regions. */
function ring(regions: string[][]): Places {
  const places: Places = new Map();
  const gap = regions.length > 1 ? 0.5 : 0;
  const slots = regions.flat().length + gap * regions.length;
  let at = gap / 2;
  for (const hosts of regions) {
    for (const host of hosts) {
      const turn = ((at + 0.5) / slots) * 2 * Math.PI - Math.PI / 2;
      places.set(host, { x: Math.cos(turn) * 175, y: Math.sin(turn) * 100 });
      at += 1;
    }
    at += gap;
  }
  return places;
}

/** Regions around a circle, their hosts around each. */
function groups(regions: string[][]): Places {
  const places: Places = new Map();
  const span = (hosts: string[]) => 26 + 13 * Math.sqrt(hosts.length) * 1.9;
  const outer = regions.length === 1 ? 0 : Math.max(150, regions.reduce((sum, hosts) => sum + span(hosts) * 2.1, 0) / (2 * Math.PI));
  let angle = -Math.PI / 2;
  const whole = regions.reduce((sum, hosts) => sum + span(hosts), 0);
  for (const hosts of regions) {
    const share = (span(hosts) / whole) * 2 * Math.PI;
    const middle = angle + share / 2;
    angle += share;
    // Wider than high, as screens are.
    const [cx, cy] = [Math.cos(middle) * outer * 1.75, Math.sin(middle) * outer];
    hosts.forEach((host, at) => {
      const turn = (at / hosts.length) * 2 * Math.PI;
      const radius = hosts.length === 1 ? 0 : span(hosts);
      places.set(host, { x: cx + Math.cos(turn) * radius * 1.3, y: cy + Math.sin(turn) * radius });
    });
  }
  return places;
}
