import type { Pixel } from './graph-view-port';

/** From the pointer, in pixels. */
const AWAY = 14;

/** Beside what is pointed at, within the element it belongs to. */
export class Tip {
  private readonly box = document.createElement('div');

  constructor(private readonly element: HTMLElement) {
    this.box.className = 'tip';
    this.box.hidden = true;
    element.append(this.box);
  }

  say(content: HTMLElement) {
    this.box.replaceChildren(content);
    this.box.hidden = false;
  }

  at([x, y]: Pixel) {
    const beside = (at: number, length: number, most: number) => Math.max(0, at + AWAY + length <= most ? at + AWAY : at - AWAY - length);
    const { clientWidth, clientHeight } = this.element;
    this.box.style.left = `${beside(x, this.box.offsetWidth, clientWidth)}px`;
    this.box.style.top = `${beside(y, this.box.offsetHeight, clientHeight)}px`;
  }

  hide() {
    this.box.hidden = true;
  }
}
