import { GraphChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { KeyMark, hasFocus } from './key-mark';
import { bareTooltip, tooltip, type Look } from './look';

use([GraphChart, TooltipComponent, LabelLayout, CanvasRenderer]);

export interface GraphNode {
  name: string;
  x: number;
  y: number;
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

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** Room for names at the edges, in pixels. */
const MARGIN = 64;
/** Between a node and the ring around it, both sides together. */
const MARK_ROOM = 12;

/** Nodes and what joins them; may be moved and zoomed, a click opens. Arrow keys go to the nearest node that way. */
export class GraphView {
  private readonly chart: EChartsType;
  private readonly mark: KeyMark;
  private readonly resize: ResizeObserver;
  private again = () => {};
  private placed: GraphNode[] = [];
  private at?: string;

  /** @param spoken is told in words where the keys have led */
  constructor(private readonly element: HTMLElement, private readonly opened: (from: string, to?: string) => void, private readonly spoken: (text: string) => void = () => {}) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => {
      this.chart.resize();
      this.again();
    });
    this.resize.observe(element);
    this.chart.on('click', ({ dataType, data }) => {
      const of = data as { name: string; source: string; target: string };
      if (dataType === 'edge') opened(of.source, of.target);
      else opened(of.name);
    });
    this.mark = new KeyMark(element);
    this.chart.on('rendered', () => this.surround());
    element.addEventListener('keydown', this.pressed);
    element.addEventListener('focus', this.surround);
    element.addEventListener('blur', this.left);
  }

  private readonly pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.placed.length) return;
    const way = WAYS[event.key];
    if (way) this.move(this.next(way));
    else if (event.key === 'Home') this.move(this.placed[0]);
    else if (event.key === 'Enter' && this.at) this.opened(this.at);
    else return;
    event.preventDefault();
  };

  /** The nearest node within a quarter of the plane. */
  private next([right, down]: [number, number]): GraphNode | undefined {
    const from = this.node();
    if (!from) return this.placed[0];
    const ahead = (node: GraphNode) => (node.x - from.x) * right + (node.y - from.y) * down;
    const aside = (node: GraphNode) => Math.abs((node.x - from.x) * down) + Math.abs((node.y - from.y) * right);
    return this.placed
      .filter((node) => ahead(node) > 0 && aside(node) <= ahead(node))
      .reduce<GraphNode | undefined>((best, node) => (!best || ahead(node) + aside(node) < ahead(best) + aside(best) ? node : best), undefined);
  }

  private move(node?: GraphNode) {
    if (!node) return;
    this.at = node.name;
    this.point();
    this.surround();
    this.spoken(`${node.name}: ${node.facts.map(({ name, value }) => `${name} ${value}`).join(', ')}`);
  }

  private node(): GraphNode | undefined {
    return this.placed.find(({ name }) => name === this.at);
  }

  /** Its links stand out, and its facts are shown. */
  private point() {
    const node = this.node();
    this.chart.dispatchAction({ type: 'downplay', seriesIndex: 0 });
    if (!node) return;
    this.chart.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex: this.placed.indexOf(node) });
    // By the index of a node ECharts finds no place for it.
    const [x, y] = this.pixel(node);
    this.chart.dispatchAction({ type: 'showTip', x, y, tooltip: { content: node.name, formatterParams: { dataType: 'node', data: node } } });
  }

  private pixel({ x, y }: GraphNode): number[] {
    return this.chart.convertToPixel({ seriesIndex: 0 }, [x, y]);
  }

  /** After each drawing anew: wheel and drag move nodes. */
  private readonly surround = () => {
    const node = this.node();
    if (!node || !hasFocus(this.element)) return this.mark.hide();
    const side = node.size + MARK_ROOM;
    this.mark.around(this.pixel(node), side, side, true);
  };

  private readonly left = () => {
    this.mark.hide();
    if (!this.at) return;
    this.chart.dispatchAction({ type: 'hideTip' });
    this.chart.dispatchAction({ type: 'downplay', seriesIndex: 0 });
  };

  draw(nodes: GraphNode[], edges: GraphEdge[], look: Look) {
    this.again = () => this.draw(nodes, edges, look);
    const fitted = this.fitted(nodes);
    this.placed = fitted;
    const text = look.colour('--text-soft');
    const ground = look.colour('--surface');
    this.chart.setOption({
      animation: false,
      textStyle: { fontFamily: look.fontFamily },
      tooltip: {
        ...bareTooltip,
        formatter: (mark: unknown) => {
          const { data, dataType } = mark as { data: (GraphNode | GraphEdge) & { source?: string; target?: string }; dataType: string };
          return tooltip(dataType === 'edge' ? `${data.source} – ${data.target}` : (data as GraphNode).name, data.facts);
        },
      },
      series: [{
        type: 'graph', layout: 'none', labelLayout: { hideOverlap: true }, roam: true, scaleLimit: { min: 0.5, max: 8 }, left: 0, right: 0, top: 0, bottom: 0,
        data: fitted.map(({ name, x, y, size, colour, ring, shape, hollow, labelled, facts }) => ({
          name, x, y, symbolSize: size, symbol: shape ?? 'circle', facts,
          itemStyle: { color: hollow ? ground : colour, borderColor: ring ?? (hollow ? colour : ground), borderWidth: ring ? 3 : hollow ? 2 : 1.5 },
          label: { show: labelled, position: 'bottom', color: text, fontSize: 10.5, distance: 5, textBorderColor: ground, textBorderWidth: 3 },
        })).concat(this.corners()),
        links: edges.map(({ from, to, colour, width, dashed, facts }) => ({
          source: from, target: to, facts, lineStyle: { color: colour, width, type: dashed ? [6, 4] : 'solid', opacity: 0.75, curveness: 0.08 },
        })),
        emphasis: { focus: 'adjacency', label: { show: true }, lineStyle: { width: 3, opacity: 1 } },
        blur: { itemStyle: { opacity: 0.25 }, lineStyle: { opacity: 0.06 } },
      }],
    });
    if (this.at && hasFocus(this.element)) this.point();
  }

  /** Places in pixels of the canvas: whatever else ECharts would stretch, and the nodes with it. */
  private fitted(nodes: GraphNode[]): GraphNode[] {
    const along = (places: number[], length: number, margin: number) => {
      const [least, most] = [Math.min(...places), Math.max(...places)];
      return (at: number) => (most > least ? margin + ((at - least) / (most - least)) * (length - 2 * margin) : length / 2);
    };
    const x = along(nodes.map((node) => node.x), this.chart.getWidth(), MARGIN);
    const y = along(nodes.map((node) => node.y), this.chart.getHeight(), MARGIN / 1.6);
    return nodes.map((node) => ({ ...node, x: x(node.x), y: y(node.y) }));
  }

  /** Invisible nodes that span the whole canvas. */
  private corners() {
    const unseen = { symbolSize: 0, symbol: 'circle' as const, facts: [], itemStyle: { color: 'transparent', borderColor: 'transparent', borderWidth: 0 }, label: { show: false, position: 'bottom', color: '', fontSize: 1, distance: 0 } };
    return [{ ...unseen, name: ' start', x: 0, y: 0 }, { ...unseen, name: ' end', x: this.chart.getWidth(), y: this.chart.getHeight() }];
  }

  close() {
    this.resize.disconnect();
    this.element.removeEventListener('keydown', this.pressed);
    this.element.removeEventListener('focus', this.surround);
    this.element.removeEventListener('blur', this.left);
    this.chart.dispose();
  }
}
