export interface GraphNode {
  name: string;
  x: number;
  y: number;
  /** Across, in pixels. */
  size: number;
  colour: string;
  /** A ring around it. */
  ring?: string;
  /** A shape of its own besides the colour. */
  shape?: 'circle' | 'triangle' | 'diamond';
  /** Only its outline. */
  hollow?: boolean;
  labelled: boolean;
  facts: { name: string; value: string }[];
}

export interface GraphEdge {
  from: string;
  to: string;
  colour: string;
  width: number;
  dashed: boolean;
  facts: { name: string; value: string }[];
}

/** An edge whose ends are found. */
export interface Line {
  edge: GraphEdge;
  from: GraphNode;
  to: GraphNode;
}

export interface Scene {
  nodes: GraphNode[];
  /** Those that look alike one after another, rare looks last: they come to lie on top. */
  lines: Line[];
}

/** What may be pointed at. */
export type Mark = GraphNode | Line;

export function isLine(mark: Mark): mark is Line {
  return 'edge' in mark;
}

export function scene(nodes: GraphNode[], edges: GraphEdge[]): Scene {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const alike = new Map<string, Line[]>();
  for (const edge of edges) {
    const [from, to] = [byName.get(edge.from), byName.get(edge.to)];
    if (!from || !to) continue;
    const look = `${edge.colour}|${edge.width}|${edge.dashed}`;
    const lines = alike.get(look);
    if (lines) lines.push({ edge, from, to });
    else alike.set(look, [{ edge, from, to }]);
  }
  return { nodes, lines: [...alike.values()].sort((a, b) => b.length - a.length).flat() };
}

/** What stands out with a mark: of a node its lines and neighbours, of a line its ends. */
export function around(mark: Mark, { lines }: Scene): Set<Mark> {
  if (isLine(mark)) return new Set<Mark>([mark, mark.from, mark.to]);
  return new Set<Mark>([mark, ...lines.filter(({ from, to }) => from === mark || to === mark).flatMap((line): Mark[] => [line, line.from, line.to])]);
}

export function facts(mark: Mark): { heading: string; rows: { name: string; value: string }[] } {
  return isLine(mark) ? { heading: `${mark.from.name} – ${mark.to.name}`, rows: mark.edge.facts } : { heading: mark.name, rows: mark.facts };
}
