import { css, html } from 'lit';
import { withUnit } from '../format';
import { pieces } from '../chart/scale';
import type { Scale } from './latency';

/** What the colours mean. */
export function scaleLegend(scale: Scale) {
  return html`<span class="scale" role="img" aria-label="Colours from ${withUnit(scale.steps[0], scale.unit)} to ${withUnit(scale.steps.at(-1), scale.unit)}">
    ${pieces(scale.steps, scale.lowIsBad).map(({ max, colour }) => html`<span><svg width="26" height="10" aria-hidden="true"><rect width="26" height="10" fill=${colour}></rect></svg>${max === undefined ? '' : html`<small>${withUnit(max, scale.unit).replace('.0 ', ' ')}</small>`}</span>`)}</span>`;
}

export const legendStyles = css`
  .scale { display: inline-flex; align-items: flex-start; }
  .scale span { position: relative; display: inline-block; width: 26px; height: 24px; }
  .scale svg { display: block; }
  .scale small { position: absolute; top: 11px; right: 0; translate: 50% 0; font-size: 10px; color: var(--text-faint); white-space: nowrap; font-variant-numeric: tabular-nums; }
  .scale span:nth-child(even) small { display: none; }
`;
