import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { count, withUnit, type Unit } from '../format';
import { shared } from '../ui/styles';

/** What a whole is made of, the greatest part first. */
@customElement('ps-shares')
export class Shares extends LitElement {
  static styles = [shared, css`
    ul { display: grid; grid-template-columns: minmax(70px, max-content) minmax(0, 1fr) max-content; gap: 8px 10px; padding: 12px 14px 14px; }
    li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; }
    svg { width: 100%; height: 8px; display: block; } .ground { fill: var(--line); } .part { fill: var(--series-1); }
    b { text-align: right; white-space: nowrap; font-weight: 600; font-variant-numeric: tabular-nums; } b span { font-weight: 400; }
    p { padding: 18px 14px; }`];

  @property() heading = '';
  @property() note = '';
  @property() unit: Unit = 'count';
  @property({ attribute: false }) parts: Record<string, number> = {};

  render() {
    const parts = Object.entries(this.parts).sort(([, a], [, b]) => b - a);
    const all = parts.reduce((sum, [, part]) => sum + part, 0);
    return html`<section class="panel" aria-label=${this.heading}><header><h2>${this.heading}</h2><span class="count">${this.note}</span></header>
      ${all ? html`<ul>${parts.map(([name, part]) => html`<li><span>${name.replaceAll('_', ' ')}</span>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="8"></rect><rect class="part" width=${(part / all) * 100} height="8"></rect></svg>
        <b>${withUnit((part / all) * 100, 'percent')} <span class="faint">${this.unit === 'count' ? count(part) : withUnit(part, this.unit)}</span></b></li>`)}</ul>` : html`<p class="soft">Nothing was reported in this time.</p>`}
    </section>`;
  }
}
