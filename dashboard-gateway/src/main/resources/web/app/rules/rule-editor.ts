import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api, ApiError } from '../api';
import { Loaded } from '../data/loaded';
import { address, place } from '../place/place';
import { mayAct, mayRule } from '../session/session';
import '../ui/empty';
import { area, choice, field, formError, formStyles, pairs, pairsText, tick } from '../ui/form';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';
import { SEVERITIES } from '../live/frames';
import { BLANK, isPlain, type Rule } from './rule';
import './what-if';

interface Metric {
  name: string;
  kinds: string[];
  unit: string;
  description: string;
}

const AGGREGATES = ['', 'avg', 'min', 'max', 'sum', 'count', 'last', 'p50', 'p95', 'p99', 'rate', 'increase', 'changes', 'absent'];
const FIELDS = ['id', 'metric', 'kind', 'where', 'over', 'aggregate', 'operator', 'duration', 'keep_firing_for', 'no_data', 'no_data_after', 'summary', ...SEVERITIES];
/** While somebody types. */
const PAUSE_MS = 600;

/** A rule, and beside it what it would have done. Fires `saved`. */
@customElement('ps-rule-editor')
export class RuleEditor extends LitElement {
  static styles = [shared, pageStyles, formStyles, css`
    .grid { display: grid; grid-template-columns: minmax(340px, 440px) minmax(0, 1fr); gap: 12px; align-items: start; }
    .limits { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 8px; }
    .text { font: 12px/1.5 var(--mono) !important; }
    textarea { font: 12px/1.5 var(--mono); }
    .back { margin-bottom: 8px; }
    .danger { color: var(--critical); margin-right: auto; }
    @media (max-width: 1000px) { .grid { grid-template-columns: minmax(0, 1fr); } }
    @media (max-width: 640px) { .limits { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  /** Empty: a new one. */
  @property() ruleId = '';
  @property({ attribute: false }) rules: Rule[] = [];
  @property({ attribute: false }) ready = false;
  @state() private draft?: Rule;
  @state() private asText = false;
  @state() private textFault = '';
  @state() private busy = false;
  @state() private error?: ApiError;
  @query('form') private form!: HTMLFormElement;
  private timer = 0;

  private readonly metrics = new Loaded<{ metrics: Metric[] }>(this, () => 'all', (signal) => api.get('/api/v1/catalog/metrics', {}, signal));

  render() {
    const original = this.original();
    if (!original) {
      return this.ready ? html`<ps-empty heading="There is no such rule" text=${this.ruleId}><a class="button" href=${address.alerts('rules')}>All rules</a></ps-empty>` : html`<p class="soft">Loading …</p>`;
    }
    const rule = this.draft ?? original;
    const plain = isPlain(rule);
    return html`<a class="back" href=${address.alerts('rules')}>‹ All rules</a>
      <div class="grid">
        <section class="panel" aria-label="Rule"><header><h2>${this.ruleId || 'New rule'}</h2>
            ${original.version ? html`<span class="count">version ${original.version}</span>` : nothing}<span class="push"></span>
            ${plain ? html`<button class="button" aria-pressed=${this.asText} @click=${() => (this.asText = !this.asText)}>${this.asText ? 'As form' : 'As text'}</button>` : nothing}</header>
          <div class="pad"><form @submit=${this.save} @input=${this.typed}>
            ${formError(this.error, this.asText || !plain ? [] : FIELDS)}
            ${this.asText || !plain ? this.text(rule) : this.fields(rule)}
            ${mayRule() ? html`<div class="form-foot">
              ${this.ruleId ? html`<button type="button" class="button danger" ?disabled=${this.busy} @click=${this.erase}>Delete</button>` : nothing}
              <a class="button" href=${address.alerts('rules')}>Cancel</a>
              <button class="button primary" ?disabled=${this.busy || Boolean(this.textFault)}>${this.busy ? 'Saving …' : 'Save'}</button></div>`
            : html`<p class="wide faint">Only admins change rules; ${mayAct() ? 'you can try one here.' : 'you can read them here.'}</p>`}
          </form></div></section>
        ${mayAct() ? html`<ps-what-if .rule=${rule}></ps-what-if>` : nothing}
      </div>`;
  }

  private fields(rule: Rule) {
    const metrics = this.metrics.value?.metrics ?? [];
    const metric = rule.metric ?? rule.id;
    const known = metrics.find(({ name }) => name === metric);
    return html`
      ${field({ name: 'id', label: 'Name', value: rule.id, required: true, readonly: Boolean(this.ruleId), placeholder: 'crowded_hosts', wide: true, focus: !this.ruleId }, this.error)}
      ${field({ name: 'metric', label: 'Metric', value: metric, required: true, list: 'metrics', hint: known?.description }, this.error)}
      ${choice({ name: 'kind', label: 'Of each', value: rule.kind ?? 'host', options: [...new Set(['host', 'connection', 'map', 'stream', 'session', ...(rule.kind ? [rule.kind] : [])])] }, this.error)}
      <datalist id="metrics">${metrics.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      ${choice({ name: 'aggregate', label: 'Measured as', value: rule.aggregate ?? '', options: AGGREGATES.map((value) => ({ value, label: value || 'newest value' })) }, this.error)}
      ${field({ name: 'over', label: 'Over', value: rule.over, placeholder: '5m', hint: 'With a measure only' }, this.error)}
      ${choice({ name: 'operator', label: 'Fires when it is', value: rule.operator ?? '>', options: [{ value: '>', label: '> above' }, { value: '>=', label: '≥ at least' }, { value: '<', label: '< below' }, { value: '<=', label: '≤ at most' }] }, this.error)}
      ${field({ name: 'duration', label: 'For (seconds)', type: 'number', min: 0, value: rule.duration ?? 0 }, this.error)}
      <div class="limits">${[...SEVERITIES].reverse().map((severity) => field({ name: severity, label: severity, type: 'number', value: rule[severity] as number | undefined }, this.error))}</div>
      ${field({ name: 'where', label: 'Only where', value: pairsText(rule.where), placeholder: 'region=eu, host=eu-*', wide: true }, this.error)}
      ${field({ name: 'keep_firing_for', label: 'Goes on for (seconds)', type: 'number', min: 0, value: rule.keep_firing_for ?? 0, hint: 'After it is over' }, this.error)}
      ${choice({ name: 'no_data', label: 'When data stops', value: rule.no_data ?? 'keep', options: ['keep', 'resolve', 'alert'] }, this.error)}
      ${area({ name: 'summary', label: 'Says', value: rule.summary, rows: 2, hint: html`May contain {{host}}, {{value}}, {{threshold}} and labels such as {{peer}}` }, this.error)}
      ${tick('enabled', 'On', rule.enabled !== false)}`;
  }

  private text(rule: Rule) {
    const { version: _, ...rest } = rule;
    return html`<label class="field wide"><span>Rule as JSON</span>
      <textarea class="input text" name="text" rows="22" spellcheck="false" .defaultValue=${JSON.stringify(rest, null, 2)}></textarea>
      ${this.textFault ? html`<em class="fault">${this.textFault}</em>` : html`<em>Everything a rule can say, groups and detection too</em>`}</label>`;
  }

  private original(): Rule | undefined {
    return this.ruleId ? this.rules.find(({ id }) => id === this.ruleId) : BLANK;
  }

  private readonly typed = () => {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.draft = this.read()), PAUSE_MS);
  };

  private read(): Rule {
    const before = this.draft ?? this.original()!;
    const form = new FormData(this.form);
    if (form.has('text')) {
      try {
        this.textFault = '';
        return { version: before.version, ...JSON.parse(String(form.get('text'))) };
      } catch (error) {
        this.textFault = (error as Error).message;
        return before;
      }
    }
    const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
    const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
    return {
      ...before, id: text('id') ?? '', metric: text('metric'), kind: text('kind'), aggregate: text('aggregate'), over: text('over'), operator: text('operator'),
      where: pairs(text('where') ?? ''), duration: number('duration'), keep_firing_for: number('keep_firing_for'), no_data: text('no_data'),
      summary: text('summary'), enabled: form.has('enabled'), ...Object.fromEntries(SEVERITIES.map((severity) => [severity, number(severity)])),
    };
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault();
    clearTimeout(this.timer);
    const rule = (this.draft = this.read()); // with the version it was made of, so that nobody else's change is lost
    if (this.textFault) return;
    this.busy = true;
    try {
      const address = `/api/v1/rules${this.ruleId ? `/${encodeURIComponent(this.ruleId)}` : ''}`;
      await api.send(this.ruleId ? 'PUT' : 'POST', address, rule);
      say(this.ruleId ? 'Saved; it holds from now on' : 'The rule is on');
      this.leave();
    } catch (error) {
      this.error = error as ApiError;
    }
    this.busy = false;
  };

  private readonly erase = async () => {
    if (!confirm(`Delete the rule ${this.ruleId}? Its open alerts end.`)) return;
    this.busy = true;
    try {
      await api.send('DELETE', `/api/v1/rules/${encodeURIComponent(this.ruleId)}`);
      say('Deleted');
      this.leave();
    } catch (error) {
      say((error as Error).message, true);
    }
    this.busy = false;
  };

  private leave() {
    this.dispatchEvent(new Event('saved'));
    place.go(address.alerts('rules'));
  }
}
