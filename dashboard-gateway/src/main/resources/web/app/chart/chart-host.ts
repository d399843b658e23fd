import { LitElement, css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { onThemeChange } from '../ui/theme';
import { chartStyles } from './look';

/** What every component with a chart of its own does: make it when shown, draw it anew with each change and theme, close it. */
export abstract class ChartHost<C extends { close(): void }> extends LitElement {
  static chartHostStyles = [chartStyles, css`:host { display: block; } .canvas { position: relative; width: 100%; height: 100%; overflow: clip; }
    .key-mark { position: absolute; border: 2px solid var(--text); outline: 2px solid var(--surface); outline-offset: 0; border-radius: 3px; pointer-events: none; }
    .key-mark.round { border-radius: 50%; } .key-mark[hidden] { display: none; }
    .canvas:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }`];

  protected chart?: C;
  private drawn?: unknown;
  /** What a screen reader says of where the arrow keys have led. */
  @state() protected spoken = '';
  private forgetTheme?: () => void;

  /** Fetches the script of the chart. */
  protected abstract make(canvas: HTMLElement): Promise<C>;

  protected abstract draw(chart: C, canvas: HTMLElement): void;

  /** What the chart shows; it is drawn again when that is another object. Without it, with every change of the component. */
  protected shown(): unknown {
    return {};
  }

  protected get canvas(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.canvas')!;
  }

  /** A canvas that takes keys. */
  protected keyed(label: string) {
    return html`<div class="canvas" tabindex="0" role="application" aria-roledescription="chart" aria-label="${label}. Arrow keys move, Enter opens"></div>
      <p class="visually-hidden" role="status">${this.spoken}</p>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forgetTheme = onThemeChange(() => this.chart && this.draw(this.chart, this.canvas));
  }

  protected async firstUpdated() {
    const chart = await this.make(this.canvas);
    if (!this.isConnected) return chart.close();
    this.chart = chart;
    this.draw(chart, this.canvas);
  }

  protected updated(changed: PropertyValues) {
    const onlySpoken = changed.size === 1 && changed.has('spoken');
    if (!this.chart || onlySpoken || this.shown() === this.drawn) return;
    this.drawn = this.shown();
    this.draw(this.chart, this.canvas);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme?.();
    this.chart?.close();
    this.chart = undefined;
  }
}
