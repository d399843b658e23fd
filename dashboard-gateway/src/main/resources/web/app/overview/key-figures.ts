import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { count, decimal } from '../format';
import { SEVERITIES } from '../live/frames';
import { Live, store } from '../live/live';
import type { KeyFigures } from '../live/live-store';
import '../ui/spark';
import { shared } from '../ui/styles';

type Tone = 'ok' | 'warning' | 'critical' | 'accent' | 'idle';

interface Figure {
  label: string;
  value: string;
  unit?: string;
  note: unknown;
  tone: Tone;
  course: keyof KeyFigures;
}

/** The network in six numbers, each with its last three minutes. */
@customElement('ps-key-figures')
export class KeyFiguresRow extends LitElement {
  static styles = [
    shared,
    css`
      dl { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 12px; }
      .panel { position: relative; display: grid; grid-template-rows: auto auto 18px 34px; padding: 12px 14px 0; overflow: hidden; min-width: 0; }
      dt { color: var(--text-soft); font-weight: 500; }
      dd.value { margin-top: 2px; font-size: 27px; line-height: 1.2; font-weight: 600; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; white-space: nowrap; }
      dd.value small { margin-left: 3px; font-size: 14px; font-weight: 500; letter-spacing: 0; color: var(--text-faint); }
      dd.note { font-size: 12px; color: var(--text-faint); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
      dd.note b { font-weight: 600; }
      .warning-text { color: var(--warning); } .critical-text { color: var(--critical); } .ok-text { color: var(--ok); }
      .high-text { color: var(--high); } .idle-text { color: var(--text-soft); }
      .course { margin: 3px -14px 0; align-self: end; }
      .ok ps-spark { color: var(--ok); } .warning ps-spark { color: var(--warning-fill); }
      .critical ps-spark { color: var(--critical-fill); } .idle ps-spark { color: var(--idle); }
      .key { display: inline-block; width: 7px; height: 7px; border-radius: 2px; margin-right: 4px; }
      .key.p2p { background: var(--series-1); } .key.vps { background: var(--series-4); margin-left: 8px; }
      @media (max-width: 1240px) { dl { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
      @media (max-width: 640px) {
        dl { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
        dd.value { font-size: 23px; }
        .panel { padding: 10px 12px 0; }
        .course { margin-inline: -12px; }
      }
    `,
  ];

  constructor() {
    super();
    new Live(this, { of: ['metrics', 'status'] });
  }

  render() {
    return html`<dl>${this.figures().map((figure) => this.card(figure))}</dl>`;
  }

  private card({ label, value, unit, note, tone, course }: Figure) {
    const values = store.moments.map((moment) => moment[course]);
    return html`<div class="panel ${tone}">
      <dt>${label}</dt>
      <dd class="value">${value}${unit && value !== '–' ? html`<small>${unit}</small>` : nothing}</dd>
      <dd class="note">${note}</dd>
      <dd class="course" aria-hidden="true"><ps-spark .values=${values}></ps-spark></dd>
    </div>`;
  }

  private figures(): Figure[] {
    const metrics = store.metrics;
    const maps = metrics?.active_maps;
    const mapsKnown = maps !== undefined && (maps.p2p_hosted !== null || maps.vps_hosted !== null);
    const p2p = maps?.p2p_hosted ?? 0;
    const vps = maps?.vps_hosted ?? 0;
    const health = metrics?.network_health ?? null;
    const latency = metrics?.average_latency ?? null;
    return [
      { label: 'Network health', value: decimal(health), unit: '/ 100', note: healthNote(health), tone: healthTone(health), course: 'health' },
      { label: 'Active hosts', value: count(metrics?.active_hosts), note: hostsNote(), tone: 'accent', course: 'hosts' },
      { label: 'Players', value: count(metrics?.total_players), note: playersNote(), tone: 'accent', course: 'players' },
      { label: 'Average latency', value: decimal(latency), unit: 'ms', note: latencyNote(latency), tone: latencyTone(latency), course: 'latency' },
      { label: 'Active maps', value: mapsKnown ? count(p2p + vps) : '–', note: mapsKnown ? mapsNote(p2p, vps) : 'none reported', tone: 'accent', course: 'maps' },
      { label: 'Firing alerts', value: count(store.status?.active_alerts_total), note: alertsNote(), tone: alertsTone(), course: 'alerts' },
    ];
  }
}

function healthTone(health: number | null): Tone {
  if (health === null) return 'idle';
  return health >= 90 ? 'ok' : health >= 70 ? 'warning' : 'critical';
}

function healthNote(health: number | null) {
  const tone = healthTone(health);
  const words: Record<Tone, string> = { ok: 'Healthy', warning: 'Strained', critical: 'In trouble', idle: 'not known yet', accent: '' };
  return html`<b class="${tone}-text">${words[tone]}</b>`;
}

function hostsNote() {
  const hosts = store.status?.hosts;
  if (!hosts) return '';
  const parts = [];
  if (hosts.degraded) parts.push(html`<b class="warning-text">${hosts.degraded} degraded</b>`);
  if (hosts.silent) parts.push(html`<b class="idle-text">${hosts.silent} silent</b>`);
  if (!parts.length) return hosts.up ? 'all up' : 'none yet';
  return parts.map((part, index) => html`${index ? ' · ' : ''}${part}`);
}

function playersNote() {
  const hosts = store.metrics?.active_hosts;
  const players = store.metrics?.total_players;
  return hosts && players != null ? `${decimal(players / hosts)} a host` : 'none reported';
}

/** The bounds are those of link impairment: above 200 ms a link counts as impaired. */
function latencyTone(latency: number | null): Tone {
  if (latency === null) return 'idle';
  return latency < 100 ? 'ok' : latency < 200 ? 'warning' : 'critical';
}

function latencyNote(latency: number | null) {
  return latency === null ? 'no link reported' : 'over all fresh links';
}

function mapsNote(p2p: number, vps: number) {
  return html`<span class="key p2p"></span>${p2p} P2P<span class="key vps"></span>${vps} VPS`;
}

function alertsTone(): Tone {
  const counts = store.status?.active_alerts_by_severity ?? {};
  if (counts.critical || counts.high) return 'critical';
  return counts.warning ? 'warning' : 'ok';
}

function alertsNote() {
  const counts = store.status?.active_alerts_by_severity ?? {};
  const present = SEVERITIES.filter((severity) => counts[severity]);
  if (!present.length) return html`<b class="ok-text">All quiet</b>`;
  return present.slice(0, 2).map((severity, index) =>
    html`${index ? ' · ' : ''}<b class="${severity}-text">${counts[severity]} ${severity}</b>`);
}
