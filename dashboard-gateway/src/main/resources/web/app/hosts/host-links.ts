import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Loaded } from '../data/loaded';
import { decimal, span, withUnit } from '../format';
import { latestLinks, type Sight } from '../network/links';
import { address, place } from '../place/place';
import { chip } from '../ui/cells';
import '../ui/data-table';
import { tablePlace, type Column } from '../ui/data-table';
import '../ui/empty';
import { latencyTone } from '../network/latency';
import { shared } from '../ui/styles';

const REFRESH_MS = 5_000;

const COLUMNS: Column<Sight>[] = [
  { key: 'peer', title: 'Peer', sort: true, cell: ({ from, to }) => html`<a class="plain" href=${address.link(from, to)}>${to}</a>`, text: ({ to }) => to },
  { key: 'latency_ms', title: 'Latency', sort: true, downFirst: true, right: true, cell: ({ latency_ms }) => (latency_ms === null ? html`<span class="faint">–</span>` : chip(withUnit(latency_ms, 'ms'), latencyTone(latency_ms))), text: ({ latency_ms }) => latency_ms },
  { key: 'packet_loss', title: 'Loss', sort: true, downFirst: true, right: true, cell: ({ packet_loss }) => withUnit(packet_loss, 'percent'), text: ({ packet_loss }) => packet_loss },
  { key: 'jitter_ms', title: 'Jitter', sort: true, downFirst: true, right: true, from: 'phone', cell: ({ jitter_ms }) => (jitter_ms === null ? '–' : `${decimal(jitter_ms)} ms`), text: ({ jitter_ms }) => jitter_ms },
  { key: 'bandwidth_mbps', title: 'Bandwidth', sort: true, downFirst: true, right: true, from: 'phone', cell: ({ bandwidth_mbps }) => withUnit(bandwidth_mbps, 'mbps'), text: ({ bandwidth_mbps }) => bandwidth_mbps },
  { key: 'path', title: 'Path', from: 'phone', cell: ({ path }) => path || html`<span class="faint">–</span>`, text: ({ path }) => path },
  { key: 'age', title: 'Age', right: true, from: 'phone', cell: ({ age_seconds }) => (age_seconds === null ? nothing : html`<span class="soft">${span(age_seconds * 1000)}</span>`) },
];

/** Whom a host reaches, as it sees it itself. */
@customElement('ps-host-links')
export class HostLinks extends LitElement {
  static styles = [shared];

  @property() name = '';
  private readonly links = new Loaded<Sight[]>(this, () => this.name, (signal) => latestLinks(this.name, signal), () => REFRESH_MS);

  render() {
    const sort = tablePlace.sort('-latency_ms');
    const key = sort.replace(/^-/, '') as keyof Sight | 'peer';
    const rows = this.links.value && [...this.links.value].sort((a, b) => {
      const [x, y] = key === 'peer' ? [a.to, b.to] : [a[key] ?? -1, b[key] ?? -1];
      return (x < y ? -1 : x > y ? 1 : 0) * (sort.startsWith('-') ? -1 : 1);
    });
    return html`<section class="panel" aria-label="Links"><ps-table label="Links of ${this.name}" file="links-${this.name}" .columns=${COLUMNS} .rows=${rows} .rowKey=${({ to }: Sight) => to} .sort=${sort} .openable=${true}
      .error=${this.links.error?.message ?? ''} @sort=${tablePlace.sorted} @open=${(event: CustomEvent<Sight>) => place.go(address.link(event.detail.from, event.detail.to))}>
      <ps-empty slot="empty" heading="This host reports no link" text="A host tells of its links by points of the kind connection with the label peer; the agent probes peers that it is told of."></ps-empty>
    </ps-table></section>`;
  }
}
