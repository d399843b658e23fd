import { html, type TemplateResult } from 'lit';
import { idle } from '../ui/idle';
import { HOME } from './place';

export interface Page {
  /** What stands for a place holder in the pattern comes to `view` as text. */
  pattern: RegExp;
  title: string;
  /** Which entry of the navigation it belongs to. */
  section: string;
  load: () => Promise<unknown>;
  view: (...parts: string[]) => TemplateResult;
}

/** The navigation, in its order. */
export const SECTIONS = [
  { path: HOME, title: 'Overview', key: 'o' },
  { path: `${HOME}/hosts`, title: 'Hosts', key: 'h' },
  { path: `${HOME}/maps`, title: 'Maps', key: 'm' },
  { path: `${HOME}/network`, title: 'Network', key: 'n' },
  { path: `${HOME}/streaming`, title: 'Streaming', key: 's' },
  { path: `${HOME}/alerts`, title: 'Alerts', key: 'a' },
  { path: `${HOME}/settings`, title: 'Settings', key: 'e' },
];

/** Each page's script is fetched when somebody first goes there, or before, when there is nothing else to do. */
export const PAGES: Page[] = [
  page('', 'Overview', '', () => import('../overview/overview-page'), () => html`<ps-overview></ps-overview>`),
  page('/hosts', 'Hosts', '/hosts', () => import('../hosts/hosts-page'), () => html`<ps-hosts-page></ps-hosts-page>`),
  page('/hosts/([^/]+)', 'Host', '/hosts', () => import('../hosts/host-page'), (host) => html`<ps-host-page .name=${host}></ps-host-page>`),
  page('/maps', 'Maps', '/maps', () => import('../maps/maps-page'), () => html`<ps-maps-page></ps-maps-page>`),
  page('/network', 'Network', '/network', () => import('../network/network-page'), () => html`<ps-network-page></ps-network-page>`),
  page('/network/([^/]+)/([^/]+)', 'Link', '/network', () => import('../network/link-page'), (a, b) => html`<ps-link-page .a=${a} .b=${b}></ps-link-page>`),
  page('/streaming', 'Streaming', '/streaming', () => import('../streaming/streaming-page'), () => html`<ps-streaming-page></ps-streaming-page>`),
  page('/alerts', 'Alerts', '/alerts', () => import('../alerts/alerts-page'), () => html`<ps-alerts-page></ps-alerts-page>`),
  page('/alerts/([^/]+)', 'Alert', '/alerts', () => import('../alerts/alert-page'), (id) => html`<ps-alert-page .alertId=${id}></ps-alert-page>`),
  page('/settings', 'Settings', '/settings', () => import('../settings/settings-page'), () => html`<ps-settings-page></ps-settings-page>`),
];

function page(path: string, title: string, section: string, load: Page['load'], view: Page['view']): Page {
  return { pattern: new RegExp(`^${HOME}${path}$`), title, section: HOME + section, load, view };
}

/** So that going to a page does not begin with fetching it. */
export async function fetchPages() {
  for (const { load } of PAGES) {
    await idle(0);
    // One that does not come is asked for again by whoever goes there.
    await load().catch(() => undefined);
  }
}

export function find(path: string): { page: Page; parts: string[] } | null {
  for (const each of PAGES) {
    const match = each.pattern.exec(path);
    if (match) return { page: each, parts: match.slice(1).map(decoded) };
  }
  return null;
}

/** An address that somebody wrote by hand may hold a lone percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
