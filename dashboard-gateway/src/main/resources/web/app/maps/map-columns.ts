import { html, nothing } from 'lit';
import { ago, count, decimal, metricName } from '../format';
import { store } from '../live/live';
import { address } from '../place/place';
import { chip, simulatedTag } from '../ui/cells';
import type { Column } from '../ui/data-table';

export interface MapRow {
  map: string;
  host: string;
  hosting: string;
  player_count: number | null;
  performance: number | null;
  status: string;
  last_seen: string;
  fields: Record<string, number>;
  states: Record<string, string>;
  simulated: boolean;
}

/** What is shown of a map beside its players. */
const SHOWN = ['tick_ms', 'mob_count', 'item_count'];

/**
 * @param withHost whether the list is of more than one host
 * @param rows what is shown; a column that nobody fills is left out
 */
export function mapColumns(withHost: boolean, rows: MapRow[] = []): Column<MapRow>[] {
  return [
    { key: 'map', title: 'Map', sort: withHost, cell: ({ map, simulated }) => html`<b>${map}</b>${simulated ? simulatedTag : nothing}`, text: ({ map }) => map },
    ...(withHost ? [{ key: 'host', title: 'Host', sort: true, cell: ({ host }: MapRow) => html`<a class="plain" href=${address.host(host)}>${host}</a>`, text: ({ host }: MapRow) => host }] : []),
    { key: 'hosting', title: 'Hosted', sort: withHost, from: 'phone', cell: ({ hosting }) => (hosting ? chip(hosting.toUpperCase(), hosting === 'p2p' ? 'info' : 'idle') : html`<span class="faint">–</span>`), text: ({ hosting }) => hosting },
    { key: 'player_count', title: 'Players', sort: withHost, downFirst: true, right: true, cell: ({ player_count }) => count(player_count), text: ({ player_count }) => player_count },
    ...SHOWN.map((field) => ({ key: field, title: metricName(field), sort: withHost, downFirst: true, right: true, from: field === 'tick_ms' ? 'phone' as const : 'tablet' as const,
      cell: ({ fields }: MapRow) => html`${decimal(fields[field])}${field.endsWith('_ms') && fields[field] !== undefined ? ' ms' : ''}`, text: ({ fields }: MapRow) => fields[field] })),
    ...(rows.some(({ performance }) => performance !== null) ? [{ key: 'performance', title: 'Performance', right: true, from: 'tablet' as const, cell: ({ performance }: MapRow) => (performance === null ? html`<span class="faint">–</span>` : decimal(performance)), text: ({ performance }: MapRow) => performance }] : []),
    { key: 'status', title: 'State', sort: withHost, from: 'phone', cell: ({ status }) => (status ? chip(status, status === 'online' ? 'ok' : 'warning') : html`<span class="faint">–</span>`), text: ({ status }) => status },
    { key: 'last_seen', title: 'Seen', right: true, from: 'tablet', cell: ({ last_seen }) => html`<span class="soft">${ago(last_seen, store.now())}</span>`, text: ({ last_seen }) => last_seen },
  ];
}
