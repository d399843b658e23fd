import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import '../chart/time-plot';
import type { PlotLine } from '../chart/time-plot';
import { Loaded } from '../data/loaded';
import { count, decimal, metricName, unitOf, withUnit } from '../format';
import { store } from '../live/live';
import type { MapRow } from '../maps/map-columns';
import type { Contribution } from '../network/contribution-view';
import { Placed, place } from '../place/place';
import '../ui/command';
import '../ui/empty';
import { pageHead, pageStyles } from '../ui/page';
import '../ui/segmented';
import { shared } from '../ui/styles';
import './shares';

interface Realtime {
  active_users: number | null;
  p2p_connections: number | null;
  average_latency_ms: number | null;
  bandwidth_mbps: number | null;
  success_rate: number | null;
  active_streams: number | null;
}

interface Stats {
  total_sessions: number;
  total_users: number;
  total_streams: number;
  p95_latency_ms: number | null;
  average_bitrate_kbps: number | null;
  average_frame_rate: number | null;
  average_buffer_level_seconds: number | null;
  dropped_frames_percent: number | null;
  adaptive_switches: number | null;
  average_packet_loss_percent: number | null;
  connection_quality: Record<string, number>;
  quality_levels: Record<string, number>;
}

interface Trends {
  from: string;
  to: string;
  trends: { name: string; points: [number, number | null][] }[];
}

const HOURS = [{ value: '1', label: '1 h' }, { value: '6', label: '6 h' }, { value: '24', label: '24 h' }, { value: '168', label: '7 d' }];
const NOW_MS = 5_000;
const PAST_MS = 20_000;
/** A buffer that holds less is about to run dry. */
const LOW_BUFFER_SECONDS = 2;

/** Is it fluent for those who watch, and how much of it do peers carry? */
@customElement('ps-streaming-page')
export class StreamingPage extends LitElement {
  static styles = [shared, pageStyles, css`
    .tiles { grid-template-columns: repeat(6, minmax(0, 1fr)); margin-bottom: 12px; } .six dd:not(.note) { font-size: 26px; }
    .columns { grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); } ps-time-plot { --plot-height: 180px; }
    .shares { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; margin-bottom: 12px; }
    h2 { margin-bottom: 0; } .how { padding: 0 14px 14px; }
    @media (max-width: 1100px) { .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); } .shares { grid-template-columns: minmax(0, 1fr); } }
    @media (max-width: 640px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .six dd:not(.note) { font-size: 20px; } }
  `];

  private readonly now = new Loaded<Realtime>(this, () => 'now', (signal) => api.get('/api/p2p/dashboard/realtime-metrics', {}, signal), () => NOW_MS);
  private readonly stats = new Loaded<Stats>(this, () => this.hours(), (signal) => api.get('/api/p2p/analytics/stats', { hours: this.hours() }, signal), () => PAST_MS);
  private readonly trends = new Loaded<Trends>(this, () => this.hours(), (signal) => api.get('/api/p2p/dashboard/trends', { hours: this.hours() }, signal), () => PAST_MS);
  private readonly contribution = new Loaded<Contribution>(this, () => this.hours(), (signal) => api.get('/api/v1/network/contribution', { hours: this.hours(), page_size: 1 }, signal), () => PAST_MS);
  private readonly maps = new Loaded<{ maps: MapRow[] }>(this, () => 'all', (signal) => api.get('/api/v1/maps', {}, signal), () => PAST_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const stats = this.stats.value;
    const quiet = stats && !stats.total_sessions && !stats.total_streams;
    const lines = new Map((this.trends.value?.trends ?? []).map(({ name, points }) => [name, points]));
    return html`
      ${pageHead('Streaming', { tools: html`<ps-segmented label="Time" .choices=${HOURS} .value=${this.hours()} @choose=${(event: CustomEvent<string>) => place.set({ hours: event.detail === '24' ? null : event.detail }, true)}></ps-segmented>` })}
      ${this.now.error && !this.now.value ? html`<p class="banner" role="alert">${this.now.error.message}</p>` : nothing}
      ${this.figures(this.now.value)}
      ${quiet ? html`${this.teach()}<div class="shares">${this.offload()}</div>` : stats ? this.quality(stats) : nothing}
      <div class="columns">
        ${this.plot('People', 'count', [['active_users', 'users'], ['session_streams', 'streams'], ['session_connections', 'connections']], lines)}
        ${['latency_ms', 'bandwidth_mbps', 'packet_loss', 'jitter_ms', 'bitrate_kbps', 'frame_rate', 'buffer_level_seconds'].map((name) => this.plot(metricName(name), unitOf(name), [[name, metricName(name)]], lines))}
      </div>`;
  }

  private figures(now?: Realtime) {
    const tile = (title: string, value: string, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    return html`<dl class="tiles six">
      ${tile('Active users', count(now?.active_users), 'in the last minute')}
      ${tile('P2P connections', count(now?.p2p_connections), 'that are fresh')}
      ${tile('Average latency', withUnit(now?.average_latency_ms, 'ms'), 'between peers')}
      ${tile('Bandwidth', withUnit(now?.bandwidth_mbps, 'mbps'), 'a connection')}
      ${tile('Success rate', withUnit(now?.success_rate, 'percent'), 'of connections')}
      ${tile('Active streams', count(now?.active_streams), 'in the last minute')}</dl>`;
  }

  private quality(stats: Stats) {
    const tile = (title: string, value: string, note: unknown) => html`<div class="panel tile"><dt>${title}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
    const buffer = stats.average_buffer_level_seconds;
    return html`<dl class="tiles">
        ${tile('Bitrate', withUnit(stats.average_bitrate_kbps, 'kbps'), 'mean')}
        ${tile('Frame rate', withUnit(stats.average_frame_rate, 'fps'), 'mean')}
        ${tile('Buffer', buffer === null ? '–' : `${decimal(buffer)} s`, buffer !== null && buffer < LOW_BUFFER_SECONDS ? 'about to run dry' : 'ahead, mean')}
        ${tile('Dropped frames', withUnit(stats.dropped_frames_percent, 'percent'), 'of all frames')}
        ${tile('Quality switches', count(stats.adaptive_switches), 'of all streams')}
        ${tile('95 % of latencies', withUnit(stats.p95_latency_ms, 'ms'), 'stay under')}</dl>
      <div class="shares">
        <ps-shares heading="Picture" .parts=${stats.quality_levels}></ps-shares>
        <ps-shares heading="Connections" .parts=${stats.connection_quality}></ps-shares>
        ${this.offload()}
      </div>`;
  }

  /** By bytes where anybody tells them, else by players. */
  private offload() {
    const told = this.contribution.value?.offload.total;
    return told && told.ratio !== null
      ? html`<ps-shares heading="Offload" note="bytes, by whom they came from" unit="bytes" .parts=${{ Peers: told.peer_bytes, Servers: told.server_bytes }}></ps-shares>`
      : html`<ps-shares heading="Offload" note="players, by who carries them" .parts=${this.carried()}></ps-shares>`;
  }

  private carried(): Record<string, number> {
    const carried = { 'By peers': 0, 'By VPS': 0 };
    for (const { hosting, player_count } of this.maps.value?.maps ?? []) carried[hosting === 'p2p' ? 'By peers' : 'By VPS'] += player_count ?? 0;
    return carried['By peers'] + carried['By VPS'] ? carried : {};
  }

  private teach() {
    return html`<section class="panel" aria-label="No stream yet"><ps-empty heading="No session was reported in this time"
      text="Players tell of their sessions, connections and streams; what hosts measure of links and streams counts above all the same. Try it with this, and a token of a fleet:"></ps-empty>
      <div class="how"><ps-command .text=${example()}></ps-command></div></section><br>`;
  }

  private plot(heading: string, unit: ReturnType<typeof unitOf>, wanted: [string, string][], found: Map<string, [number, number | null][]>) {
    const lines: PlotLine[] = wanted.filter(([name]) => found.get(name)?.length).map(([name, title]) => ({ name: title, points: found.get(name)! }));
    const to = store.now();
    return html`<ps-time-plot heading=${heading} .unit=${unit} .lines=${lines} .loading=${this.trends.loading && !this.trends.value} .stretch=${{ from: to - Number(this.hours()) * 3_600_000, to }}
      empty=${this.trends.error?.message ?? 'Nobody sent this in this time.'}></ps-time-plot>`;
  }

  private hours(): string {
    return HOURS.some(({ value }) => value === place.param('hours')) ? place.param('hours') : '24';
  }
}

function example(): string {
  return `curl -X POST ${location.origin}/api/p2p/analytics/streaming-metrics \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"session_id":"s1","stream_id":"v1","content_id":"movie","user_id":"u1",
       "quality_level":"HD","bitrate_kbps":2500,"frame_rate":30,
       "resolution_width":1280,"resolution_height":720,"buffer_level_seconds":8,
       "dropped_frames":3,"total_frames":1800,"adaptive_switches":1}'`;
}
