import type { Line, Mark, Scene } from './graph';
import type { Pixel, ViewPort } from './graph-view-port';

/** How far beside a node or a line still means it, in pixels: a pointer, a finger. */
const NEAR = { fine: { node: 2, line: 2.5 }, coarse: { node: 12, line: 12 } };

/** What is meant by that place on the canvas; a node rather than the lines that end there. */
export function hit({ nodes, lines }: Scene, port: ViewPort, at: Pixel, coarse = false): Mark | undefined {
  const near = coarse ? NEAR.coarse : NEAR.fine;
  const nodesThere = nearest(nodes, (node) => {
    const [x, y] = port.pixel(node);
    return Math.hypot(at[0] - x, at[1] - y) - port.radius(node) - near.node;
  });
  return nodesThere ?? nearest(lines, (line) => distance(line, port, at) - line.edge.width / 2 - near.line);
}

/** @param beyond how far outside of it one is, negative within */
function nearest<T>(all: T[], beyond: (one: T) => number): T | undefined {
  let best: T | undefined;
  let least = 0;
  for (const one of all) {
    const far = beyond(one);
    // Of the same the last one lies on top.
    if (far <= least) [best, least] = [one, far];
  }
  return best;
}

function distance(line: Line, port: ViewPort, [x, y]: Pixel): number {
  const [ax, ay] = port.pixel(line.from);
  const [bx, by] = port.pixel(line.to);
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
