import { LitElement, css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { count, plural, span, withUnit } from '../format';
import { Placed } from '../place/place';
import { cells } from '../ui/cells';
import '../ui/data-table';
import type { Column } from '../ui/data-table';
import '../ui/empty';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';

interface ClassUse {
  path: string;
  links: number;
  share: number | null;
  minutes: number;
  bytes_per_second: number | null;
}

interface Relay {
  relay: string;
  links: number;
  bytes_per_second: number | null;
}

interface Group {
  label: string;
  value: string;
  links: number;
  relayed: number;
  share: number;
}

interface Paths {
  links: number;
  relayed: number;
  share: number | null;
  classes: ClassUse[];
  relays: Relay[];
  groups: Group[];
}

const REFRESH_MS = 5_000;
const CLASS_NAMES: Record<string, string> = { direct: 'Direct links', relay: 'Relayed links', turn: 'Links by TURN', vps: 'Links to a VPS' };
const MOST_GROUPS = 40;

/** Who is reached directly, who by a relay, and what those have in common who cannot be reached. */
@customElement('ps-paths-view')
export class PathsView extends LitElement {
  static styles = [shared, pageStyles, cells, css`.tiles { margin-bottom: 12px; }`];

  private readonly paths = new Loaded<Paths>(this, () => '', (signal) => api.get('/api/v1/network/paths', {}, signal), () => REFRESH_MS);

  constructor() {
    super();
    new Placed(this);
  }

  render() {
    const { value, error } = this.paths;
    if (!value) return error ? html`<ps-empty heading="The paths could not be read" text=${error.message}></ps-empty>` : html`<p class="soft">Loading …</p>`;
    if (!value.links) return html`<section class="panel"><ps-empty heading="Nobody tells how links go" text="Hosts say it by the label path (direct, relay, turn or vps) of their connections, and name the relay by the label relay."></ps-empty></section>`;
    return html`<dl class="tiles">
        <div class="panel tile"><dt>By a relay</dt><dd>${withUnit((value.share ?? 0) * 100, 'percent')}</dd><dd class="note">${count(value.relayed)} of ${plural(value.links, 'link')}</dd></div>
        ${value.classes.map(({ path, links, minutes, bytes_per_second }) => html`<div class="panel tile"><dt>${CLASS_NAMES[path] ?? path}</dt><dd>${count(links)}</dd>
          <dd class="note">together up ${span(minutes * 60_000)}${bytes_per_second === null ? nothing : html`, ${withUnit(bytes_per_second, 'bytes/s')}`}</dd></div>`)}
      </dl>
      <div class="columns">
        <section class="panel" aria-label="Relays"><header><h2>Relays</h2><span class="count">${count(value.relays.length)}</span></header>
          <ps-table label="Relays" file="relays" .columns=${RELAYS} .rows=${value.relays} .rowKey=${({ relay }: Relay) => relay}><ps-empty slot="empty" heading="No relay is named" text=""></ps-empty></ps-table></section>
        <section class="panel" aria-label="Groups of hosts"><header><h2>Groups of hosts</h2><span class="count">most relayed first</span></header>
          <ps-table label="Groups of hosts" file="paths-by-label" .columns=${GROUPS} .rows=${value.groups.slice(0, MOST_GROUPS)} .rowKey=${({ label, value }: Group) => `${label}=${value}`}><ps-empty slot="empty" heading="Hosts have no labels" text="A label such as region or isp on the points of hosts makes groups."></ps-empty></ps-table></section>
      </div>`;
  }
}

const RELAYS: Column<Relay>[] = [
  { key: 'relay', title: 'Relay', cell: ({ relay }) => html`<b>${relay}</b>`, text: ({ relay }) => relay },
  { key: 'links', title: 'Links', right: true, cell: ({ links }) => count(links), text: ({ links }) => links },
  { key: 'traffic', title: 'Traffic', right: true, cell: ({ bytes_per_second }) => withUnit(bytes_per_second, 'bytes/s'), text: ({ bytes_per_second }) => bytes_per_second },
];
const GROUPS: Column<Group>[] = [
  { key: 'label', title: 'Label', cell: ({ label, value }) => html`<span class="soft">${label}</span> <b>${value}</b>`, text: ({ label, value }) => `${label}=${value}` },
  { key: 'links', title: 'Links', right: true, cell: ({ links }) => count(links), text: ({ links }) => links },
  { key: 'relayed', title: 'Relayed', right: true, cell: ({ relayed }) => count(relayed), text: ({ relayed }) => relayed },
  { key: 'share', title: 'Share', right: true, cell: ({ share }) => withUnit(share * 100, 'percent'), text: ({ share }) => share },
];
