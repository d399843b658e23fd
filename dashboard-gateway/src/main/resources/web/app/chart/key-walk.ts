/** One step right or left, or one down or up. */
export type Way = [right: number, down: number];

const ZOOMS: Record<string, number> = { '+': 1.25, '=': 1.25, '-': 0.8 };
const WAYS: Record<string, Way> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A chart that keys walk through. */
export interface Walked {
  /** Whether there is anything to go to. */
  any(): boolean;
  step(way: Way): void;
  first(): void;
  enter(): void;
  /** Where it can be zoomed. */
  zoom?(factor: number): void;
  whole?(): void;
  /** The keys go there now. */
  focused(): void;
  /** The keys go elsewhere. */
  left(): void;
}

/** Arrows, Home and Enter on an element with the focus; +, - and 0 where it can be zoomed. */
export class KeyWalk {
  constructor(private readonly element: HTMLElement, private readonly chart: Walked) {
    element.addEventListener('keydown', this.pressed);
    element.addEventListener('focus', this.focused);
    element.addEventListener('blur', this.left);
  }

  private readonly pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.chart.any()) return;
    const way = WAYS[event.key];
    if (way) this.chart.step(way);
    else if (event.key === 'Home') this.chart.first();
    else if (event.key === 'Enter') this.chart.enter();
    else if (ZOOMS[event.key] && this.chart.zoom) this.chart.zoom(ZOOMS[event.key]);
    else if (event.key === '0' && this.chart.whole) this.chart.whole();
    else return;
    event.preventDefault();
  };

  private readonly focused = () => this.chart.focused();

  private readonly left = () => this.chart.left();

  close() {
    this.element.removeEventListener('keydown', this.pressed);
    this.element.removeEventListener('focus', this.focused);
    this.element.removeEventListener('blur', this.left);
  }
}

/** As a screen reader says it. */
export function inWords(heading: string, rows: { name: string; value: string }[]): string {
  return `${heading}: ${rows.map(({ name, value }) => `${name} ${value}`).join(', ')}`;
}
