import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ApiError, api, labelled, type Series } from '../api';
import '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { timeRange } from '../data/time-range';
import { metricName, plural, span, unitOf, withUnit } from '../format';
import { Live, store } from '../live/live';
import { HOME, Placed, address } from '../place/place';
import { cells, chip, severityWord } from '../ui/cells';
import { titleOf } from '../alerts/words';
import '../ui/empty';
import { pageHead, pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import '../ui/time-picker';
import { latestLinks } from './links';

type Side = Record<string, number | string | null>;

interface Link {
  a: string;
  b: string;
  from_a: Side | null;
  from_b: Side | null;
  verdict: string;
  asymmetry?: Record<string, number> | null;
  quality?: { score: number; level: string } | null;
  path?: string | null;
  fresh?: boolean;
  /** The end that is contradicted more often. */
  lies?: string | null;
}

const REFRESH_MS = 3_000;
const POINTS = 300;
const METRICS = ['latency_ms', 'packet_loss', 'jitter_ms', 'bandwidth_mbps'];
/** What else an end may tell, in the table only. */
const EXCHANGED = ['message_count', 'message_latency_ms', 'buffered_messages', 'transfers', 'transfer_failures', 'bytes_sent', 'bytes_received'];
/** Of the link as a whole, as both ends make it. */
const CONCLUDED = ['quality_score', 'link_up', 'relayed'];
const CONCLUSIONS: Record<string, string> = { quality_score: 'Quality, of 100' };
const SHARES: Record<string, string> = { link_up: 'Share of time it was up', relayed: 'Share of time it was relayed' };
const VERDICTS: Record<string, { tone: string; text: string }> = {
  reported: { tone: 'info', text: 'Both ends report' },
  agreed: { tone: 'ok', text: 'Both ends agree' },
  asymmetric: { tone: 'warning', text: 'One direction is worse' },
  one_sided: { tone: 'warning', text: 'Only one end reports' },
  contradiction: { tone: 'critical', text: 'The ends contradict one another' },
};

/** A link as both ends see it, now and over time. */
@customElement('ps-link-page')
export class LinkPage extends LitElement {
  static styles = [shared, pageStyles, cells, css`
    .grid { display: grid; grid-template-columns: 420px minmax(0, 1fr); gap: 12px; align-items: start; }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: 8px 14px; text-align: right; border-bottom: 1px solid var(--line); } th:first-child, td:first-child { text-align: left; color: var(--text-faint); font-weight: 400; }
    thead th { font-size: 12px; font-weight: 550; color: var(--text-soft); overflow-wrap: anywhere; } tr:last-child td { border-bottom: 0; }
    .alerts { padding: 8px 14px; } .alerts li { display: flex; gap: 8px; padding: 4px 0; } .alerts a { color: inherit; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 12px; } ps-time-plot { --plot-height: 180px; }
    @media (max-width: 1000px) { .grid { grid-template-columns: minmax(0, 1fr); } }
  `];

  @property() a = '';
  @property() b = '';

  private readonly link = new Loaded<Link>(this, () => `${this.a}|${this.b}`, (signal) => this.load(signal), () => REFRESH_MS);
  private readonly history = new Loaded<Series[]>(this, () => `${this.a}|${this.b}|${timeRange.key}`, (signal) => this.past(signal), () => timeRange.every);

  constructor() {
    super();
    new Placed(this);
    new Live(this, { of: ['status', 'alerts'] });
  }

  render() {
    const link = this.link.value;
    const verdict = link && (VERDICTS[link.verdict] ?? { tone: 'idle', text: link.verdict.replaceAll('_', ' ') });
    return html`
      ${pageHead(html`${this.a} – ${this.b}`, {
        back: { href: `${HOME}/network`, title: 'Network' },
        about: link ? html`${chip(verdict!.text, verdict!.tone)} ${link.path && link.path !== 'unknown' ? chip(link.path, link.path === 'direct' ? 'info' : 'warning') : nothing} ${link.quality ? chip(`${link.quality.level}, ${Math.round(link.quality.score)} of 100`) : nothing} ${link.fresh === false ? chip('nothing new is heard', 'warning') : nothing} ${link.lies ? chip(`${link.lies} is doubted`, 'warning', 'The other end contradicts it, and it is contradicted more often') : nothing}` : nothing,
        tools: html`<ps-time-picker></ps-time-picker>`,
      })}
      <div class="grid"><div class="stack">
        <section class="panel" aria-label="Both sides"><header><h2>Both sides</h2></header>
          ${link ? this.sides(link) : html`<ps-empty heading=${this.link.error ? 'Nobody reports this link' : 'Loading …'} text=${this.link.error ? 'It may have been measured earlier: look at the charts.' : ''}></ps-empty>`}</section>
        ${this.alerts()}
      </div><div class="charts">${METRICS.map((metric) => this.chart(metric))}${this.concluded()}</div></div>`;
  }

  private sides({ from_a, from_b, asymmetry }: Link) {
    const names = [...METRICS, ...EXCHANGED].filter((metric) => from_a?.[metric] != null || from_b?.[metric] != null);
    const words = ['claim', 'path', 'connection_state', 'ice_state', 'connection_quality', 'circuit_breaker'].filter((name) => from_a?.[name] != null || from_b?.[name] != null);
    const cell = (side: Side | null, metric: string) => (side ? withUnit(side[metric] as number | null, unitOf(metric)) : html`<span class="faint">silent</span>`);
    const age = (side: Side | null) => (side?.age_seconds == null ? '–' : span(Number(side.age_seconds) * 1000));
    return html`<table><thead><tr><th><span class="visually-hidden">Measured</span></th><th><a class="plain" href=${address.host(this.a)}>${this.a}</a> says</th><th><a class="plain" href=${address.host(this.b)}>${this.b}</a> says</th></tr></thead><tbody>
      ${names.map((metric) => html`<tr><td>${metricName(metric)}</td><td>${cell(from_a, metric)}</td><td>${cell(from_b, metric)}</td></tr>`)}
      ${words.map((name) => html`<tr><td>${metricName(name)}</td><td>${from_a?.[name] ?? '–'}</td><td>${from_b?.[name] ?? '–'}</td></tr>`)}
      <tr><td>Heard of</td><td>${age(from_a)}</td><td>${age(from_b)}</td></tr>
      ${Object.entries(asymmetry ?? {}).filter(([, value]) => value !== null).map(([metric, value]) => html`<tr><td>Difference, ${metricName(metric).toLowerCase()}</td><td colspan="2"><b>${withUnit(value, unitOf(metric))}</b></td></tr>`)}
    </tbody></table>`;
  }

  private alerts() {
    const ends = [this.a, this.b];
    const found = [...store.alerts.values()].filter(({ host, subject }) => ends.includes(host) && ends.includes(subject.labels.peer ?? ''));
    return found.length ? html`<section class="panel" aria-label="Alerts of this link"><header><h2>${plural(found.length, 'alert')}</h2></header>
      <ul class="alerts">${found.map((alert) => html`<li>${severityWord(alert.severity)}<a href=${address.alert(alert.id)}>${titleOf(alert)}</a></li>`)}</ul></section>` : nothing;
  }

  private chart(metric: string) {
    const of = (from: string, to: string) => (this.history.value ?? []).filter((series) => series.metric === metric && series.host === from && series.labels.peer === to)
      .map(({ points }) => ({ name: `${from} says`, points }));
    return html`<ps-time-plot heading=${metricName(metric)} .unit=${unitOf(metric)} .lines=${[...of(this.a, this.b), ...of(this.b, this.a)]} .loading=${this.history.loading && !this.history.value}></ps-time-plot>`;
  }

  /** Shares of each minute; there is nothing finer. */
  private concluded() {
    const lines = (metric: string) => (this.history.value ?? []).filter((series) => series.kind === 'link' && series.metric === metric)
      .map(({ points }) => ({ name: metricName(metric), points: metric in SHARES ? points.map(([at, share]): [number, number | null] => [at, share === null ? null : share * 100]) : points }));
    const drawn = CONCLUDED.filter((metric) => lines(metric).length);
    return drawn.map((metric) => html`<ps-time-plot heading=${CONCLUSIONS[metric] ?? SHARES[metric]} .unit=${metric in SHARES ? 'percent' : 'none'} .lines=${lines(metric)}></ps-time-plot>`);
  }

  /** From the live links; where there is no such address, of what both ends have measured lately. */
  private async load(signal: AbortSignal): Promise<Link> {
    try {
      const link = await api.get<Link>(`/api/v1/network/links/${encodeURIComponent(this.a)}/${encodeURIComponent(this.b)}`, {}, signal);
      // The answer orders the ends by name, the address as somebody came.
      return link.a === this.a ? link : { ...link, a: link.b, b: link.a, from_a: link.from_b, from_b: link.from_a };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      const sights = (await latestLinks(`${this.a},${this.b}`, signal)).map((sight) => ({ ...sight }));
      const from_a = sights.find(({ from, to }) => from === this.a && to === this.b) ?? null;
      const from_b = sights.find(({ from, to }) => from === this.b && to === this.a) ?? null;
      if (!from_a && !from_b) throw error;
      return { a: this.a, b: this.b, from_a, from_b, verdict: from_a && from_b ? 'reported' : 'one_sided', path: (from_a ?? from_b)!.path };
    }
  }

  private async past(signal: AbortSignal): Promise<Series[]> {
    const { from, to } = timeRange.now();
    const ask = async (host: string, peer: string) => (await api.series({
      metrics: METRICS, kind: 'connection', hosts: host, labels: labelled('peer', peer), group_by: 'host,peer', from: Math.round(from), to: Math.round(to), max_points: POINTS,
    }, signal)).series;
    const [first, second] = [this.a, this.b].sort();
    const concluded = async () => (await api.series({
      metrics: CONCLUDED, kind: 'link', hosts: first, labels: labelled('peer', second), group_by: 'host,peer,kind', from: Math.round(from), to: Math.round(to), max_points: POINTS,
    }, signal)).series;
    return (await Promise.all([ask(this.a, this.b), ask(this.b, this.a), concluded().catch(() => [])])).flat();
  }
}
