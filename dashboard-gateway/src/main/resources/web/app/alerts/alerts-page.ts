import { LitElement, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Live, store } from '../live/live';
import { Placed, place } from '../place/place';
import { mayAct } from '../session/session';
import { pageHead, pageStyles, tabs, type Tab } from '../ui/page';
import { shared } from '../ui/styles';
import '../ui/time-picker';
import './active-view';
import './history-view';

/** What else there is, fetched when somebody looks. */
const VIEWS: Record<string, { load: () => Promise<unknown>; view: () => unknown }> = {
  security: { load: () => import('./security-view'), view: () => html`<ps-security></ps-security>` },
  incidents: { load: () => import('./incidents-view'), view: () => html`<ps-incidents></ps-incidents>` },
  rules: { load: () => import('../rules/rules-view'), view: () => html`<ps-rules></ps-rules>` },
  channels: { load: () => import('../channels/channels-view'), view: () => html`<ps-channels></ps-channels>` },
  deliveries: { load: () => import('../channels/deliveries-view'), view: () => html`<ps-deliveries></ps-deliveries>` },
  silences: { load: () => import('./silences-view'), view: () => html`<ps-silences></ps-silences>` },
  inhibitions: { load: () => import('./inhibitions-view'), view: () => html`<ps-inhibitions></ps-inhibitions>` },
};

/** Everything about alerts: what is wrong, what was, by which rules, and who is told. */
@customElement('ps-alerts-page')
export class AlertsPage extends LitElement {
  static styles = [shared, pageStyles];

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status'] });
  }

  render() {
    const view = place.param('view') || 'active';
    const list: Tab[] = [
      { view: 'active', title: 'Active', count: store.status?.active_alerts_total || '' },
      { view: 'history', title: 'History' },
      { view: 'incidents', title: 'Incidents' },
      { view: 'security', title: 'Security' },
      { view: 'rules', title: 'Rules' },
      { view: 'silences', title: 'Silences' },
      { view: 'inhibitions', title: 'Inhibitions' },
      { view: 'channels', title: 'Channels' },
      ...(mayAct() ? [{ view: 'deliveries', title: 'Deliveries' }] : []),
    ];
    void VIEWS[view]?.load();
    return html`
      ${pageHead('Alerts', { tools: view === 'history' || view === 'deliveries' ? html`<ps-time-picker></ps-time-picker>` : nothing })}
      ${tabs(list, view)}
      ${view === 'history' ? html`<ps-alert-history></ps-alert-history>` : VIEWS[view]?.view() ?? html`<ps-active-alerts></ps-active-alerts>`}`;
  }
}
