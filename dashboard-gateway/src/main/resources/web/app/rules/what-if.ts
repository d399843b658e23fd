import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TRANSITION_WORDS, titleOf, whereOf, subjectOf } from '../alerts/words';
import { api, quoted, type History, type Series } from '../api';
import '../chart/time-plot';
import { SERIES_COLOURS, type PlotBand, type PlotLine } from '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { count, metricName, moment, plural, unitOf } from '../format';
import type { Alert } from '../live/frames';
import { store } from '../live/live';
import { cells, severityWord } from '../ui/cells';
import { pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';
import { isPlain, limitText, limitsOf, type Rule } from './rule';

interface Transition {
  type: string;
  time?: string;
  data: Alert;
}

interface WhatIf {
  from: string;
  to: string;
  points: number;
  truncated: boolean;
  transitions: Transition[];
  messages: { at: string; channel: string; type: string; alerts: { id: string; summary: string }[] }[];
}

const RANGES = [{ value: '1', label: '1 h' }, { value: '6', label: '6 h' }, { value: '24', label: '24 h' }];
const HOUR = 3_600_000;
const SHOWN = 40;
const POINTS = 300;

/** What a rule would have done with what was measured: on a chart, as transitions, and as messages. */
@customElement('ps-what-if')
export class WhatIfPanel extends LitElement {
  static styles = [shared, pageStyles, cells, css`
    .sum { padding: 12px 14px; border-bottom: 1px solid var(--line); }
    .sum b { font-size: 15px; }
    ol { max-height: 300px; overflow-y: auto; padding: 6px 14px 10px; }
    li { display: grid; grid-template-columns: 116px auto minmax(0, 1fr); gap: 10px; align-items: baseline; padding: 3px 0; font-size: 12px; }
    ps-time-plot { --plot-height: 240px; }
    .fault { padding: 14px; color: var(--critical); overflow-wrap: anywhere; }
    .fresh { opacity: 1; transition: opacity 0.2s; } .waiting { opacity: 0.5; }
  `];

  @property({ attribute: false }) rule!: Rule;
  @state() private hours = '1';

  private readonly answer = new Loaded<WhatIf>(this, () => this.key(), () => this.ask());
  private readonly history = new Loaded<History>(
    this,
    () => (isPlain(this.rule) ? `${this.rule.metric ?? this.rule.id}|${this.rule.kind}|${JSON.stringify(this.rule.where)}|${this.hours}` : null),
    (signal) => api.series({
      metrics: quoted(this.rule.metric ?? this.rule.id), kind: this.rule.kind ?? 'host', max_points: POINTS, group_by: 'subject', aggregate: this.lowIsBad() ? 'min' : 'max',
      from: Math.round(store.now() - Number(this.hours) * HOUR), to: Math.round(store.now()),
    }, signal),
  );

  render() {
    const { value, error, loading } = this.answer;
    return html`<section class="panel" aria-label="What if">
      <header><h2>What it would have done</h2><span class="push"></span>
        <ps-segmented label="Time" .choices=${RANGES} .value=${this.hours} @choose=${(event: CustomEvent<string>) => (this.hours = event.detail)}></ps-segmented></header>
      ${error ? html`<p class="fault" role="alert">${error.faults.length ? error.faults.map(({ field, detail }) => html`${field ? `${field}: ` : ''}${detail}<br>`) : error.message}</p>` : nothing}
      <div class=${loading ? 'waiting' : 'fresh'} aria-live="polite">
        ${value ? this.summary(value) : error ? nothing : html`<p class="sum soft">Trying it on what was measured …</p>`}
        ${this.chart(value)}
        ${value?.transitions.length ? this.list(value) : nothing}
      </div></section>`;
  }

  private summary({ transitions, messages, points, truncated }: WhatIf) {
    const fired = new Set(transitions.filter(({ type }) => word(type) === 'firing').map(({ data }) => data.id)).size;
    return html`<p class="sum"><b>${fired ? `${plural(fired, 'alert')}${truncated ? ' or more' : ''}` : 'It would not have fired'}</b>
      <span class="soft"> · ${plural(messages.length, 'message')} · ${count(points)} points judged</span></p>`;
  }

  private chart(value?: WhatIf) {
    if (!isPlain(this.rule)) return nothing;
    const metric = this.rule.metric ?? this.rule.id;
    const unit = unitOf(metric);
    const lines = this.lines(this.history.value?.series ?? [], value);
    return html`<ps-time-plot bare heading="${metricName(metric)}" note=${lines.length === SERIES_COLOURS ? `the ${SERIES_COLOURS} most telling` : ''} .unit=${unit} .lines=${lines} .loading=${this.history.loading}
      .stretch=${{ from: store.now() - Number(this.hours) * HOUR, to: store.now() }}
      .limits=${this.rule.aggregate && ['rate', 'increase', 'changes', 'absent', 'count'].includes(this.rule.aggregate) ? [] : limitsOf(this.rule).map(({ severity, value: limit }) => ({ value: Number(limit), name: `${severity} ${limitText(this.rule, limit)}`, tone: severity }))}
      .bands=${bands(value)} empty="Nothing sent this metric in this time."></ps-time-plot>`;
  }

  /** Those that would have fired first, then those nearest to it. */
  private lines(series: Series[], value?: WhatIf): PlotLine[] {
    const fired = new Set(value?.transitions.map(({ data }) => nameOf(data.host, data.subject.labels)));
    const low = this.lowIsBad();
    const worst = ({ points }: Series) => points.reduce((most, [, number]) => (number === null ? most : low ? Math.min(most, number) : Math.max(most, number)), low ? Infinity : -Infinity);
    return series
      .map((each) => ({ name: nameOf(each.host, each.labels), points: each.points, worst: worst(each) }))
      .filter(({ worst: extreme }) => Number.isFinite(extreme))
      .sort((a, b) => Number(fired.has(b.name)) - Number(fired.has(a.name)) || (low ? a.worst - b.worst : b.worst - a.worst))
      .slice(0, SERIES_COLOURS);
  }

  private list({ transitions, messages }: WhatIf) {
    const shown = transitions.filter(({ type }) => !['pending', 'dropped'].includes(word(type)));
    return html`<ol tabindex="0" aria-label="Transitions">${shown.slice(-SHOWN).reverse().map(({ type, data }) => html`<li>
        <span class="faint num">${moment(data.updated_at, true)}</span>${severityWord(data.severity, TRANSITION_WORDS[word(type)] ?? word(type))}
        <span class="wrap">${titleOf(data)} <span class="faint">${whereOf(data)}${subjectOf(data)}</span></span></li>`)}</ol>
      ${messages.length ? html`<ol tabindex="0" aria-label="Messages">${messages.slice(-SHOWN).reverse().map(({ at, channel, type, alerts }) => html`<li>
        <span class="faint num">${moment(at, true)}</span><b>${channel}</b><span class="wrap">${type.replace('alert.', '')}: ${alerts.map(({ summary }) => summary).slice(0, 3).join('; ')}${alerts.length > 3 ? ` and ${alerts.length - 3} more` : ''}</span></li>`)}</ol>` : nothing}`;
  }

  private key(): string | null {
    const { version: _, enabled: __, summary: ___, ...condition } = this.rule;
    return limitsOf(this.rule).length || this.rule.group || this.rule.detect ? `${JSON.stringify(condition)}|${this.hours}` : null;
  }

  private ask(): Promise<WhatIf> {
    const to = store.now();
    const from = to - Number(this.hours) * HOUR;
    const { version: _, ...rule } = this.rule;
    return api.send('POST', '/api/v1/rules/what-if', {
      rule: { ...rule, id: rule.id || 'new_rule' }, from: new Date(from).toISOString(), to: new Date(to).toISOString(),
    });
  }

  private lowIsBad(): boolean {
    return (this.rule.operator ?? '>').startsWith('<');
  }
}

function word(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function nameOf(host: string | null, labels: Record<string, string>): string {
  return [host ?? '*', labels.peer ?? labels.map ?? labels.stream].filter(Boolean).join(' → ');
}

/** When anything was firing. */
function bands(value?: WhatIf): PlotBand[] {
  if (!value) return [];
  const open = new Map<string, number>();
  const found: PlotBand[] = [];
  for (const { type, data } of value.transitions) {
    const at = Date.parse(data.updated_at);
    if (word(type) === 'firing' && !open.has(data.id)) open.set(data.id, at);
    if (word(type) === 'resolved' && open.has(data.id)) {
      found.push({ from: open.get(data.id)!, to: at, tone: data.severity === 'info' ? 'accent' : data.severity });
      open.delete(data.id);
    }
  }
  for (const from of open.values()) found.push({ from, to: Date.parse(value.to), tone: 'critical' });
  return found.slice(0, 60);
}
