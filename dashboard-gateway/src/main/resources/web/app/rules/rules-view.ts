import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { Placed, address, place } from '../place/place';
import { mayRule } from '../session/session';
import { cells, chip } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { icons } from '../ui/icons';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { inWords, limitText, limitsOf, signOf, type Rule } from './rule';
import './rule-editor';

/** By which rules alerts come to be; one of them in the editor, where the address says so. */
@customElement('ps-rules')
export class RulesView extends LitElement {
  static styles = [shared, pageStyles, cells];

  @state() private busy = '';
  private readonly rules = new Loaded<{ rules: Rule[] }>(this, () => 'all', (signal) => api.get('/api/v1/rules', {}, signal));

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const wanted = place.param('rule');
    const all = this.rules.value?.rules;
    if (wanted) {
      return html`<ps-rule-editor .ruleId=${wanted === 'new' ? '' : wanted} .rules=${all ?? []} .ready=${all !== undefined} @saved=${() => this.rules.again()}></ps-rule-editor>`;
    }
    const words = place.param('q').toLowerCase();
    const family = place.param('family');
    const rows = all?.filter((rule) => (!words || `${rule.id} ${inWords(rule)} ${rule.summary ?? ''}`.toLowerCase().includes(words)) && (!family || rule.labels?.family === family));
    const families = [...new Set((all ?? []).map(({ labels }) => labels?.family).filter((name): name is string => Boolean(name)))].sort();
    return html`<section class="panel" aria-label="Rules">
      <header><h2>Rules</h2><span class="count">${all ? `${all.filter(({ enabled }) => enabled !== false).length} of ${all.length} on` : ''}</span><span class="push"></span>
        <select class="input" aria-label="Family" @change=${(event: Event) => place.set({ family: (event.target as HTMLSelectElement).value })}>
          <option value="">Any family</option>${families.map((name) => html`<option ?selected=${name === family}>${name}</option>`)}</select>
        <span class="search">${icons.search}<input class="input" type="search" placeholder="Filter" aria-label="Filter rules" .value=${place.param('q')}
          @input=${(event: Event) => place.set({ q: (event.target as HTMLInputElement).value })}></span>
        ${mayRule() ? html`<a class="button primary new" href=${address.alerts('rules', { rule: 'new' })}>${icons.plus} New rule</a>` : nothing}</header>
      <ps-table label="Rules" .columns=${this.columns()} .rows=${rows} .rowKey=${(rule: Rule) => rule.id} .error=${this.rules.error?.message ?? ''} .openable=${true}
        @open=${(event: CustomEvent<Rule>) => place.go(address.alerts('rules', { rule: event.detail.id }))}>
        <ps-empty slot="empty" heading=${all?.length ? 'No rule fits' : 'There are no rules'} text=${all?.length ? 'Another word may find it.' : mayRule() ? 'Without rules nothing fires. Make one: it shows what it would have done yesterday before it is saved.' : 'Without rules nothing fires. An admin makes them.'}></ps-empty>
      </ps-table></section>`;
  }

  private columns(): Column<Rule>[] {
    return [
      { key: 'id', title: 'Rule', lead: true, cell: (rule) => html`<a class="plain wrap" href=${address.alerts('rules', { rule: rule.id })}>${rule.id}</a><span class="two">${rule.labels?.family ?? ''}${rule.enabled === false ? ' · off' : ''}</span>` },
      { key: 'condition', title: 'Condition', from: 'phone', cell: (rule) => html`<span class="wrap soft">${inWords(rule)}</span>` },
      { key: 'limits', title: 'Limits', cell: (rule) => html`<span class="limits">${limitsOf(rule).map(({ severity, value }) => chip(html`${severity} ${rule.state ? '' : signOf(rule)} ${limitText(rule, value)}`, severity))}</span>` },
      { key: 'enabled', title: 'On', right: true, cell: (rule) => (mayRule()
        ? html`<input type="checkbox" .checked=${rule.enabled !== false} ?disabled=${this.busy === rule.id} @change=${() => this.toggle(rule)} aria-label="${rule.id} is on">`
        : rule.enabled === false ? html`<span class="faint">off</span>` : 'on') },
    ];
  }

  private async toggle(rule: Rule) {
    this.busy = rule.id;
    try {
      await api.send('PUT', `/api/v1/rules/${encodeURIComponent(rule.id)}`, { ...rule, enabled: rule.enabled === false });
      say(`${rule.id} is ${rule.enabled === false ? 'on' : 'off'}`);
    } catch (error) {
      say((error as Error).message, true);
    }
    this.busy = '';
    await this.rules.again();
  }
}
