import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Live, store } from '../live/live';
import { shared } from '../ui/styles';
import './alerts-panel';
import './first-steps';
import './health-causes';
import './hosts-table';
import './key-figures';
import './metric-chart';
import './more';

/** Is the network well, and if not, where? Everything here moves by itself. */
@customElement('ps-overview')
export class OverviewPage extends LitElement {
  static styles = [
    shared,
    css`
      .grid { display: grid; grid-template-columns: minmax(0, 1fr) 372px; gap: 12px; margin-top: 12px; align-items: start; }
      .main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; min-width: 0; }
      ps-alerts { position: sticky; top: 62px; }
      @media (max-width: 1080px) {
        .grid { grid-template-columns: minmax(0, 1fr); }
        ps-alerts { position: static; order: -1; }
      }
    `,
  ];

  constructor() {
    super();
    new Live(this, { of: ['status', 'hosts'] });
  }

  render() {
    const empty = store.status !== undefined && store.hosts.size === 0 && hostCount() === 0;
    return html`
      <h1 class="visually-hidden">Overview</h1>
      <ps-key-figures></ps-key-figures>
      <ps-health-causes></ps-health-causes>
      <div class="grid">
        <div class="main">
          ${empty
            ? html`<ps-first-steps></ps-first-steps>`
            : html`<ps-metric-chart></ps-metric-chart><ps-hosts></ps-hosts><ps-overview-more></ps-overview-more>`}
        </div>
        <ps-alerts></ps-alerts>
      </div>`;
  }
}

function hostCount(): number {
  const hosts = store.status?.hosts;
  return hosts ? hosts.up + hosts.degraded + hosts.silent : 0;
}
