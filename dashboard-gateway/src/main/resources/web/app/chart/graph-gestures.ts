import type { Pixel } from './graph-view-port';

/** What hands do to a canvas; all places in its CSS pixels. */
export interface Gestured {
  moved(right: number, down: number): void;
  zoomed(factor: number, around: Pixel): void;
  /** Where the pointer rests; nowhere while it drags or is gone. */
  pointed(at?: Pixel): void;
  clicked(at: Pixel, coarse: boolean): void;
  /** A second click at once. */
  clickedTwice(at: Pixel): void;
  /** Whether all is in sight: one finger moves nothing then, so that it can scroll the page. */
  isWhole(): boolean;
}

/** Further is a drag and no click. */
const CLICK = 5;
/** Zoom in powers of two for each pixel, line and page that the wheel would have scrolled; of a pinch on a trackpad. */
const WHEEL = [0.002, 0.05, 1];
const PINCH = 10;

/** A drag or a finger moves, wheel and two fingers zoom; the page scrolls under one finger only while all is in sight. */
export class Gestures {
  private readonly down = new Map<number, Pixel>();
  private begin: Pixel = [0, 0];
  private dragging = false;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly to: Gestured) {
    canvas.style.cursor = 'grab';
    canvas.addEventListener('pointerdown', this.pressed);
    canvas.addEventListener('pointermove', this.moved);
    canvas.addEventListener('pointerup', this.released);
    canvas.addEventListener('pointercancel', this.forgotten);
    canvas.addEventListener('pointerleave', () => this.down.size || to.pointed());
    canvas.addEventListener('dblclick', (event) => to.clickedTwice(place(event)));
    canvas.addEventListener('wheel', this.turned, { passive: false });
  }

  private readonly pressed = (event: PointerEvent) => {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, place(event));
    if (this.down.size === 1) [this.begin, this.dragging] = [place(event), false];
    else this.drag();
  };

  private readonly moved = (event: PointerEvent) => {
    const now = place(event);
    if (!this.down.has(event.pointerId)) return event.pointerType === 'touch' ? undefined : this.to.pointed(now);
    if (!this.dragging && Math.hypot(now[0] - this.begin[0], now[1] - this.begin[1]) > CLICK) this.drag();
    const before = spread([...this.down.values()]);
    this.down.set(event.pointerId, now);
    if (!this.dragging) return;
    const after = spread([...this.down.values()]);
    if (event.pointerType === 'touch' && this.down.size === 1 && this.to.isWhole()) return;
    this.to.moved(after.middle[0] - before.middle[0], after.middle[1] - before.middle[1]);
    if (before.apart) this.to.zoomed(after.apart / before.apart, after.middle);
  };

  private drag() {
    this.dragging = true;
    this.canvas.style.cursor = 'grabbing';
    this.to.pointed();
  }

  private readonly released = (event: PointerEvent) => {
    if (!this.down.has(event.pointerId)) return;
    const coarse = event.pointerType === 'touch';
    this.forgotten(event);
    if (!coarse) this.to.pointed(place(event));
    if (!this.dragging) this.to.clicked(place(event), coarse);
  };

  private readonly forgotten = ({ pointerId }: PointerEvent) => {
    this.down.delete(pointerId);
    if (!this.down.size) this.canvas.style.cursor = 'grab';
  };

  private readonly turned = (event: WheelEvent) => {
    event.preventDefault();
    this.to.zoomed(2 ** (-event.deltaY * WHEEL[event.deltaMode] * (event.ctrlKey ? PINCH : 1)), place(event));
  };
}

function place(event: MouseEvent): Pixel {
  return [event.offsetX, event.offsetY];
}

/** The middle of one or two fingers, and how far they are apart. */
function spread(fingers: Pixel[]): { middle: Pixel; apart: number } {
  const [a, b = a] = fingers;
  return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart: Math.hypot(a[0] - b[0], a[1] - b[1]) };
}
