import { LitElement, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../hosts/host-events';
import { Placed, place } from '../place/place';
import { pageHead, pageStyles, tabs } from '../ui/page';
import { shared } from '../ui/styles';
import '../ui/time-picker';
import './advice-view';
import './contribution-view';
import './heat-view';
import './matrix-view';
import './paths-view';
import './topology-view';
import './traffic-view';

const OVER_TIME = ['heatmap', 'traffic', 'events'];

/** How hosts reach one another. */
@customElement('ps-network-page')
export class NetworkPage extends LitElement {
  static styles = [shared, pageStyles];

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const view = place.param('view') || 'matrix';
    return html`
      ${pageHead('Network', { tools: OVER_TIME.includes(view) ? html`<ps-time-picker></ps-time-picker>` : nothing })}
      ${tabs([
        { view: 'matrix', title: 'Matrix' }, { view: 'topology', title: 'Topology' }, { view: 'heatmap', title: 'Heatmap' },
        { view: 'paths', title: 'Paths' }, { view: 'contribution', title: 'Contribution' }, { view: 'traffic', title: 'Traffic and errors' }, { view: 'advice', title: 'Advice' }, { view: 'events', title: 'Events' },
      ], view)}
      ${this.view(view)}`;
  }

  private view(view: string) {
    switch (view) {
      case 'topology': return html`<ps-topology-view></ps-topology-view>`;
      case 'heatmap': return html`<ps-heat-view></ps-heat-view>`;
      case 'paths': return html`<ps-paths-view></ps-paths-view>`;
      case 'contribution': return html`<ps-contribution-view></ps-contribution-view>`;
      case 'advice': return html`<ps-advice-view></ps-advice-view>`;
      case 'traffic': return html`<ps-traffic-view></ps-traffic-view>`;
      case 'events': return html`<ps-host-events></ps-host-events>`;
      default: return html`<ps-matrix-view></ps-matrix-view>`;
    }
  }
}
