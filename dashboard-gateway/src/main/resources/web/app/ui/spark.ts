import { LitElement, css, html, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';

const WIDTH = 100;
const HEIGHT = 30;

/** The recent course of one number, without axes. Gaps stay gaps. */
@customElement('ps-spark')
export class Spark extends LitElement {
  static styles = css`
    :host { display: block; height: 30px; color: var(--accent); }
    svg { display: block; width: 100%; height: 100%; overflow: visible; }
    .line { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
    .area { fill: currentColor; opacity: 0.1; }
  `;

  @property({ attribute: false }) values: (number | null)[] = [];

  render() {
    const runs = this.runs();
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${runs.map((run) => svg`
        <path class="area" d="${run} L${this.lastX(run)} ${HEIGHT} L${this.firstX(run)} ${HEIGHT} Z"></path>
        <path class="line" d=${run}></path>`)}
    </svg>`;
  }

  private runs(): string[] {
    const known = this.values.filter((value): value is number => value !== null);
    if (known.length < 2) return [];
    const low = Math.min(...known);
    const high = Math.max(...known);
    // A flat line belongs in the middle; tiny changes must not look like drama.
    const reach = Math.max(high - low, Math.abs(high) * 0.04, 0.5);
    const middle = (high + low) / 2;
    const step = WIDTH / (this.values.length - 1);
    const runs: string[] = [];
    let run = '';
    this.values.forEach((value, index) => {
      if (value === null) {
        if (run) runs.push(run);
        run = '';
        return;
      }
      const y = HEIGHT / 2 - ((value - middle) / reach) * (HEIGHT - 6);
      run += `${run ? 'L' : 'M'}${(index * step).toFixed(2)} ${y.toFixed(2)} `;
    });
    if (run) runs.push(run);
    return runs;
  }

  private firstX(run: string): string {
    return run.slice(1, run.indexOf(' '));
  }

  private lastX(run: string): string {
    return run.slice(run.lastIndexOf('L') + 1).split(' ')[0];
  }
}
