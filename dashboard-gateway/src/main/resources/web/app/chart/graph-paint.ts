import { around, type GraphNode, type Line, type Mark, type Scene } from './graph';
import { names } from './graph-names';
import type { Pixel, ViewPort } from './graph-view-port';

export interface Ink {
  text: string;
  ground: string;
  fontFamily: string;
}

const DASH = [6, 4];
const LINE = { opacity: 0.75, blurred: 0.06, pointedAt: 3 };
const NODE = { blurred: 0.25, pointedAt: 1.1, border: 1.5, outline: 2, ring: 3 };

/**
 * Draws all of it anew. Each line is a path of its own: one path of many is what Chromium's rasterizer takes longest for.
 *
 * @param pointedAt stands out with what belongs to it, the rest steps back
 */
export function paint(on: CanvasRenderingContext2D, scene: Scene, port: ViewPort, ink: Ink, pointedAt?: Mark) {
  on.clearRect(0, 0, port.width, port.height);
  const near = pointedAt && around(pointedAt, scene);
  const [far, close] = [(mark: Mark) => !near?.has(mark), (mark: Mark) => !!near?.has(mark)];
  on.globalAlpha = near ? LINE.blurred : LINE.opacity;
  lines(on, scene.lines.filter(far), port);
  on.globalAlpha = 1;
  lines(on, scene.lines.filter(close), port, pointedAt);
  on.globalAlpha = near ? NODE.blurred : 1;
  for (const node of scene.nodes.filter(far)) drawNode(on, node, port, ink);
  on.globalAlpha = 1;
  for (const node of scene.nodes.filter(close)) drawNode(on, node, port, ink, node === pointedAt);
  for (const { text, x, y, node } of names(on, scene.nodes, port, ink.fontFamily, pointedAt)) {
    on.globalAlpha = !near || near.has(node) ? 1 : NODE.blurred;
    on.strokeStyle = ink.ground;
    on.lineWidth = 3;
    on.strokeText(text, x, y);
    on.fillStyle = ink.text;
    on.fillText(text, x, y);
  }
}

/** Colour, width and dash are set where they change: alike lines come one after another. */
function lines(on: CanvasRenderingContext2D, all: Line[], port: ViewPort, pointedAt?: Mark) {
  let before: Line | undefined;
  for (const line of all) {
    const [from, to] = [port.pixel(line.from), port.pixel(line.to)];
    if (outside(from, to, port)) continue;
    const { colour, width, dashed } = line.edge;
    if (before?.edge.colour !== colour) on.strokeStyle = colour;
    if (before?.edge.dashed !== dashed) on.setLineDash(dashed ? DASH : []);
    on.lineWidth = line === pointedAt ? Math.max(LINE.pointedAt, width) : width;
    before = line;
    on.beginPath();
    on.moveTo(...from);
    on.lineTo(...to);
    on.stroke();
  }
  on.setLineDash([]);
}

function outside(from: Pixel, to: Pixel, { width, height }: ViewPort): boolean {
  return Math.max(from[0], to[0]) < 0 || Math.min(from[0], to[0]) > width || Math.max(from[1], to[1]) < 0 || Math.min(from[1], to[1]) > height;
}

function drawNode(on: CanvasRenderingContext2D, node: GraphNode, port: ViewPort, ink: Ink, pointedAt = false) {
  const { colour, ring, hollow, shape } = node;
  const [x, y] = port.pixel(node);
  const radius = port.radius(node) * (pointedAt ? NODE.pointedAt : 1);
  if (outside([x - radius, y - radius], [x + radius, y + radius], port)) return;
  on.fillStyle = hollow ? ink.ground : colour;
  on.strokeStyle = ring ?? (hollow ? colour : ink.ground);
  on.lineWidth = ring ? NODE.ring : hollow ? NODE.outline : NODE.border;
  on.beginPath();
  if (shape === 'triangle') corners(on, [[x, y - radius], [x + radius, y + radius], [x - radius, y + radius]]);
  else if (shape === 'diamond') corners(on, [[x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]]);
  else on.arc(x, y, radius, 0, 2 * Math.PI);
  on.fill();
  on.stroke();
}

function corners(on: CanvasRenderingContext2D, at: Pixel[]) {
  for (const corner of at) on.lineTo(...corner);
  on.closePath();
}
