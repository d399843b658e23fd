import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Placed, place } from '../place/place';
import { mayAct, mayRule } from '../session/session';
import { pageHead, pageStyles, tabs, type Tab } from '../ui/page';
import { shared } from '../ui/styles';
import '../ui/time-picker';
import './audit-view';
import './hosts-view';
import './limits-view';
import './quarantine-view';
import './second-factor-view';
import './sessions-view';
import './users-view';

/** Who may send, who may look, and how long things are kept. Each role sees what it may use. */
@customElement('ps-settings-page')
export class SettingsPage extends LitElement {
  static styles = [shared, pageStyles];

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const list: Tab[] = [
      ...(mayRule() ? [{ view: 'hosts', title: 'Hosts and tokens' }] : []),
      { view: 'limits', title: 'Retention and limits' },
      ...(mayRule() ? [{ view: 'users', title: 'Users' }, { view: 'audit', title: 'Audit' }] : []),
      ...(mayAct() ? [{ view: 'quarantine', title: 'Quarantine' }] : []),
      { view: 'account', title: 'Your account' },
    ];
    const wanted = place.param('view');
    const view = list.some((tab) => tab.view === wanted) ? wanted : list[0].view;
    return html`${pageHead('Settings', { tools: view === 'audit' || view === 'quarantine' ? html`<ps-time-picker></ps-time-picker>` : '' })}${tabs(list, view)}${this.view(view)}`;
  }

  private view(view: string) {
    switch (view) {
      case 'hosts': return html`<ps-host-tokens></ps-host-tokens>`;
      case 'users': return html`<ps-users></ps-users>`;
      case 'audit': return html`<ps-audit></ps-audit>`;
      case 'quarantine': return html`<ps-quarantine></ps-quarantine>`;
      case 'account': return html`<div class="stack"><ps-sessions></ps-sessions><ps-second-factor></ps-second-factor></div>`;
      default: return html`<ps-limits></ps-limits>`;
    }
  }
}
