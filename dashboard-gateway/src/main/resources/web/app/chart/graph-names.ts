import type { GraphNode, Mark } from './graph';
import type { ViewPort } from './graph-view-port';

const SIZE = 10.5;
/** Letters; all of a longer name is in its tooltip. */
const LONGEST = 32;
/** Between a node and its name. */
const DISTANCE = 5;

export interface Name {
  text: string;
  /** Its middle. */
  x: number;
  /** Where it begins. */
  y: number;
  node: GraphNode;
}

/**
 * The names that fit without covering one another, the first nodes' first, so that the same ones stay; sets the font.
 *
 * @param pointedAt has its name in any case
 */
export function names(on: CanvasRenderingContext2D, nodes: GraphNode[], port: ViewPort, fontFamily: string, pointedAt?: Mark): Name[] {
  on.font = `${SIZE}px ${fontFamily}`;
  on.textAlign = 'center';
  on.textBaseline = 'top';
  on.lineJoin = 'round';
  const placed: (Name & { half: number })[] = [];
  const wanted = nodes.filter((node) => node.labelled || node === pointedAt).sort((a, b) => Number(b === pointedAt) - Number(a === pointedAt));
  for (const node of wanted) {
    const [x, middle] = port.pixel(node);
    const y = middle + port.radius(node) + DISTANCE;
    const text = node.name.length > LONGEST ? `${node.name.slice(0, LONGEST - 1)}…` : node.name;
    const half = on.measureText(text).width / 2;
    if (y + SIZE < 0 || y > port.height || x + half < 0 || x - half > port.width) continue;
    if (placed.some((other) => Math.abs(other.x - x) < other.half + half + 2 && Math.abs(other.y - y) < SIZE + 2)) continue;
    placed.push({ text, x, y, node, half });
  }
  return placed;
}
