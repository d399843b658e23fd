import type { GraphNode } from './graph';

/** Room for names at the edges, in pixels. */
const MARGIN = 64;
const ZOOMS = { least: 0.5, most: 8 };
/** How much of a zoom the nodes take part in: the rest is room between them. */
const NODE_SHARE = 0.6;

export type Pixel = [x: number, y: number];

/** Which part of the graph the canvas shows, in CSS pixels. */
export class ViewPort {
  width = 0;
  height = 0;
  private zoom = 1;
  private left = 0;
  private top = 0;

  /** What was in the middle stays there. */
  resize(width: number, height: number) {
    if (!width || !height) return; // not shown at the moment
    if (this.width && this.height) {
      const along = (at: number, before: number, now: number) => (at * now) / before;
      [this.left, this.top] = [along(this.left, this.width, width), along(this.top, this.height, height)];
    }
    [this.width, this.height] = [width, height];
    this.moveBy(0, 0);
  }

  /** The same nodes, spread over the canvas as it is without zoom. */
  fitted(nodes: GraphNode[]): GraphNode[] {
    const along = (places: number[], length: number, margin: number) => {
      const [least, most] = [Math.min(...places), Math.max(...places)];
      return (at: number) => (most > least ? margin + ((at - least) / (most - least)) * (length - 2 * margin) : length / 2);
    };
    const x = along(nodes.map((node) => node.x), this.width, MARGIN);
    const y = along(nodes.map((node) => node.y), this.height, MARGIN / 1.6);
    return nodes.map((node) => ({ ...node, x: x(node.x), y: y(node.y) }));
  }

  /** @returns where a fitted node is on the canvas */
  pixel({ x, y }: GraphNode): Pixel {
    return [x * this.zoom + this.left, y * this.zoom + this.top];
  }

  shows(node: GraphNode): boolean {
    const [x, y] = this.pixel(node);
    return x >= 0 && x <= this.width && y >= 0 && y <= this.height;
  }

  radius({ size }: GraphNode): number {
    return (size / 2) * (1 + (this.zoom - 1) * NODE_SHARE);
  }

  /** What is there stays there. */
  zoomBy(factor: number, [x, y]: Pixel) {
    const zoom = Math.min(ZOOMS.most, Math.max(ZOOMS.least, this.zoom * factor));
    this.left = x - ((x - this.left) * zoom) / this.zoom;
    this.top = y - ((y - this.top) * zoom) / this.zoom;
    this.zoom = zoom;
    this.moveBy(0, 0);
  }

  /** Never so far that nothing would be left to drag back. */
  moveBy(right: number, down: number) {
    const within = (at: number, length: number) => Math.min(length - MARGIN, Math.max(MARGIN - length * this.zoom, at));
    this.left = within(this.left + right, this.width);
    this.top = within(this.top + down, this.height);
  }

  reveal(node: GraphNode) {
    const [x, y] = this.pixel(node);
    const missing = (at: number, length: number) => Math.max(0, MARGIN / 2 - at) - Math.max(0, at - (length - MARGIN / 2));
    this.moveBy(missing(x, this.width), missing(y, this.height));
  }

  isWhole(): boolean {
    return Math.abs(this.zoom - 1) < 0.01 && Math.hypot(this.left, this.top) < 1;
  }

  whole() {
    [this.zoom, this.left, this.top] = [1, 0, 0];
  }
}
