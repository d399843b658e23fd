import { facts, isLine, scene, type GraphEdge, type GraphNode, type Mark, type Scene } from './graph';
import { Gestures } from './graph-gestures';
import { hit } from './graph-hit';
import { paint, type Ink } from './graph-paint';
import { ViewPort, type Pixel } from './graph-view-port';
import { KeyMark, hasFocus } from './key-mark';
import { KeyWalk, inWords, type Way } from './key-walk';
import { tooltip, type Look } from './look';
import { Tip } from './tip';

/** Between a node and the ring around it, both sides together. */
const MARK_ROOM = 12;

/** Nodes and what joins them; may be moved and zoomed, a click opens. Arrow keys go to the nearest node that way, + and - zoom, 0 shows all. */
export class GraphView {
  private readonly canvas = document.createElement('canvas');
  private readonly port = new ViewPort();
  private readonly mark: KeyMark;
  private readonly tip: Tip;
  private readonly keys: KeyWalk;
  private readonly resize = new ResizeObserver(() => this.arrange());
  private readonly sight = new IntersectionObserver((entries) => {
    this.seen = entries.at(-1)!.isIntersecting;
    if (this.seen && this.stale) this.redraw();
  });
  private given: [GraphNode[], GraphEdge[]] = [[], []];
  private ink?: Ink;
  private scene: Scene = { nodes: [], lines: [] };
  private pointer?: Pixel;
  private pointedAt?: Mark;
  private at?: string;
  private seen = true;
  private stale = false;
  private frame = 0;

  /** @param spoken is told in words where the keys have led */
  constructor(private readonly element: HTMLElement, private readonly opened: (from: string, to?: string) => void, private readonly spoken: (text: string) => void = () => {}) {
    this.canvas.style.display = 'block';
    element.append(this.canvas);
    this.mark = new KeyMark(element);
    this.tip = new Tip(element);
    this.resize.observe(element);
    this.sight.observe(element);
    new Gestures(this.canvas, {
      moved: (right, down) => this.changed(() => this.port.moveBy(right, down)),
      zoomed: (factor, around) => this.changed(() => this.port.zoomBy(factor, around)),
      pointed: (at) => this.point(at),
      clicked: (at, coarse) => this.open(hit(this.scene, this.port, at, coarse)),
      clickedTwice: (at) => hit(this.scene, this.port, at) ?? this.changed(() => this.port.whole()),
      isWhole: () => this.port.isWhole(),
    });
    this.keys = new KeyWalk(element, {
      any: () => this.scene.nodes.length > 0,
      step: (way) => this.move(this.next(way)),
      first: () => this.move(this.scene.nodes[0]),
      enter: () => this.open(this.node()),
      zoom: (factor) => this.changed(() => this.port.zoomBy(factor, this.middle())),
      whole: () => this.changed(() => this.port.whole()),
      focused: () => this.point(this.pointer),
      left: () => this.point(this.pointer),
    });
  }

  draw(nodes: GraphNode[], edges: GraphEdge[], look: Look) {
    this.given = [nodes, edges];
    this.ink = { text: look.colour('--text-soft'), ground: look.colour('--surface'), fontFamily: look.fontFamily };
    this.arrange();
  }

  /** Zoom and place stay as they are, as far as the size lets them. */
  private arrange() {
    const [nodes, edges] = this.given;
    this.port.resize(this.element.clientWidth, this.element.clientHeight);
    this.scene = scene(this.port.fitted(nodes), edges);
    this.changed(() => {});
  }

  private changed(change: () => void) {
    change();
    this.canvas.style.touchAction = this.port.isWhole() ? 'pan-y' : 'none';
    this.point(this.pointer);
    this.redraw();
  }

  /** With the next frame, however often it was asked for; not where nobody sees it. */
  private redraw() {
    this.stale = true;
    if (this.seen) this.frame ||= requestAnimationFrame(this.paint);
  }

  private readonly paint = () => {
    this.frame = 0;
    this.stale = false;
    if (!this.ink) return;
    const { width, height } = this.port;
    const ratio = devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) {
      [this.canvas.width, this.canvas.height] = [across, down];
      [this.canvas.style.width, this.canvas.style.height] = [`${width}px`, `${height}px`];
    }
    const on = this.canvas.getContext('2d')!;
    on.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(on, this.scene, this.port, this.ink, this.pointedAt);
  };

  /** The pointer says what stands out; where it is on nothing, the keys do, while that is in sight. */
  private point(at?: Pixel) {
    this.pointer = at;
    const node = hasFocus(this.element) ? this.node() : undefined;
    const keyed = node && this.port.shows(node) ? node : undefined;
    const under = at && hit(this.scene, this.port, at);
    if (at) this.canvas.style.cursor = under ? 'pointer' : 'grab';
    this.surround(keyed);
    const now = under ?? keyed;
    if (now !== this.pointedAt) this.tell(now);
    if (now) this.tip.at(under ? at! : this.port.pixel(keyed!));
  }

  private tell(mark?: Mark) {
    this.pointedAt = mark;
    this.redraw();
    if (!mark) return this.tip.hide();
    const { heading, rows } = facts(mark);
    this.tip.say(tooltip(heading, rows));
  }

  private surround(node?: GraphNode) {
    if (!node) return this.mark.hide();
    const side = this.port.radius(node) * 2 + MARK_ROOM;
    this.mark.around(this.port.pixel(node), side, side, true);
  }

  private open(mark?: Mark) {
    if (!mark) return;
    if (isLine(mark)) this.opened(mark.edge.from, mark.edge.to);
    else this.opened(mark.name);
  }

  private move(node?: GraphNode) {
    if (!node) return;
    this.at = node.name;
    this.pointer = undefined;
    this.changed(() => this.port.reveal(node));
    const { heading, rows } = facts(node);
    this.spoken(inWords(heading, rows));
  }

  /** What keys zoom around. */
  private middle(): Pixel {
    const node = this.node();
    return node && this.port.shows(node) ? this.port.pixel(node) : [this.port.width / 2, this.port.height / 2];
  }

  private node(): GraphNode | undefined {
    return this.scene.nodes.find(({ name }) => name === this.at);
  }

  /** The nearest node within a quarter of the plane. */
  private next([right, down]: Way): GraphNode | undefined {
    const from = this.node();
    if (!from) return this.scene.nodes[0];
    const ahead = (node: GraphNode) => (node.x - from.x) * right + (node.y - from.y) * down;
    const aside = (node: GraphNode) => Math.abs((node.x - from.x) * down) + Math.abs((node.y - from.y) * right);
    return this.scene.nodes
      .filter((node) => ahead(node) > 0 && aside(node) <= ahead(node))
      .reduce<GraphNode | undefined>((best, node) => (!best || ahead(node) + aside(node) < ahead(best) + aside(best) ? node : best), undefined);
  }

  close() {
    this.resize.disconnect();
    this.sight.disconnect();
    this.keys.close();
    cancelAnimationFrame(this.frame);
    this.element.replaceChildren();
  }
}
