import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { RANGES, timeRange } from '../data/time-range';
import { moment, span } from '../format';
import { Placed } from '../place/place';
import { icons } from './icons';
import './segmented';
import { shared } from './styles';

/** Which time the page looks at, and whether it moves. */
@customElement('ps-time-picker')
export class TimePicker extends LitElement {
  static styles = [
    shared,
    css`
      :host { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      .fixed { display: inline-flex; align-items: center; gap: 8px; padding: 0 10px; height: 28px; border-radius: 8px; background: var(--raised); font-size: 12px; font-variant-numeric: tabular-nums; }
      .live { color: var(--ok); } .live i { width: 7px; height: 7px; border-radius: 50%; background: currentColor; }
      @media (max-width: 640px) { .button span { display: none; } .button { padding: 0 8px; } ps-segmented { max-width: 100%; overflow-x: auto; } }
    `,
  ];

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const fixed = timeRange.fixed;
    return html`
      ${fixed ? html`<span class="fixed">${moment(fixed.from)} – ${moment(fixed.to)} <span class="faint">${span(fixed.to - fixed.from)}</span></span>` : ''}
      <ps-segmented label="Time range" .choices=${RANGES} .value=${timeRange.word} @choose=${(event: CustomEvent<string>) => timeRange.choose(event.detail)}></ps-segmented>
      <button class="button" @click=${() => timeRange.widen()} title="Look at twice as much time" aria-label="Zoom out">${icons.zoomOut}</button>
      ${timeRange.live
        ? html`<button class="button" @click=${() => timeRange.pause()} title="Charts move with the time; stop them" aria-label="Pause">${icons.pause}<span>Pause</span></button>`
        : html`<button class="button" @click=${() => timeRange.resume()} title="Back to now" aria-label="Go live">${icons.play}<span>Go live</span></button>`}`;
  }
}
