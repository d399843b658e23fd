import { GraphChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { bareTooltip, tooltip, type Look } from './look';

use([GraphChart, TooltipComponent, CanvasRenderer]);

export interface GraphNode {
  name: string;
  x: number;
  y: number;
  size: number;
  colour: string;
  /** A ring around it. */
  ring?: string;
  /** A shape of its own besides the colour. */
  shape?: 'circle' | 'triangle' | 'diamond' | 'emptyCircle';
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

/** Nodes and what joins them; may be moved and zoomed, a click opens. */
export class GraphView {
  private readonly chart: EChartsType;
  private readonly resize: ResizeObserver;

  constructor(element: HTMLElement, opened: (from: string, to?: string) => void) {
    this.chart = init(element, undefined, { renderer: 'canvas' });
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(element);
    this.chart.on('click', ({ dataType, data }) => {
      const of = data as { name: string; source: string; target: string };
      if (dataType === 'edge') opened(of.source, of.target);
      else opened(of.name);
    });
  }

  draw(nodes: GraphNode[], edges: GraphEdge[], look: Look) {
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
        type: 'graph', layout: 'none', roam: true, scaleLimit: { min: 0.5, max: 8 }, left: 40, right: 40, top: 30, bottom: 30,
        data: nodes.map(({ name, x, y, size, colour, ring, shape, labelled, facts }) => ({
          name, x, y, symbolSize: size, symbol: shape ?? 'circle', facts,
          itemStyle: { color: colour, borderColor: ring ?? ground, borderWidth: ring ? 3 : 1.5 },
          label: { show: labelled, position: 'bottom', color: text, fontSize: 10.5, distance: 4 },
        })),
        links: edges.map(({ from, to, colour, width, dashed, facts }) => ({
          source: from, target: to, facts, lineStyle: { color: colour, width, type: dashed ? [6, 4] : 'solid', opacity: 0.75, curveness: 0.08 },
        })),
        emphasis: { focus: 'adjacency', label: { show: true }, lineStyle: { width: 3, opacity: 1 } },
        blur: { itemStyle: { opacity: 0.25 }, lineStyle: { opacity: 0.06 } },
      }],
    }, { lazyUpdate: true });
  }

  close() {
    this.resize.disconnect();
    this.chart.dispose();
  }
}
