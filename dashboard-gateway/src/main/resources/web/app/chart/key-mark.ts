/** Shows on a canvas where the arrow keys have led: two rings, one of which stands out of any colour. */
export class KeyMark {
  private readonly mark = document.createElement('div');

  constructor(element: HTMLElement) {
    this.mark.className = 'key-mark';
    this.mark.hidden = true;
    element.append(this.mark);
  }

  /** @param round whether what it surrounds is; all in pixels of the canvas */
  around(centre: number[], width: number, height: number, round: boolean) {
    this.mark.classList.toggle('round', round);
    const { style } = this.mark;
    style.left = `${centre[0] - width / 2}px`;
    style.top = `${centre[1] - height / 2}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    this.mark.hidden = false;
  }

  hide() {
    this.mark.hidden = true;
  }
}

/** Whether keys go there; also where the element is in the shadow of a component. */
export function hasFocus(element: HTMLElement): boolean {
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element;
}
