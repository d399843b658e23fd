import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { titleOf } from '../alerts/words';
import { store } from '../live/live';
import { address, place } from '../place/place';
import { SECTIONS } from '../place/routes';
import { icons } from '../ui/icons';
import { shared } from '../ui/styles';

interface Hit {
  kind: string;
  title: string;
  about: string;
  href: string;
}

const MOST = 12;

/** One field that finds hosts, alerts, maps and pages in what is live. Fires `close`. */
@customElement('ps-search')
export class SearchDialog extends LitElement {
  static styles = [
    shared,
    css`
      dialog { width: min(600px, calc(100vw - 24px)); margin: 12vh auto auto; padding: 0; overflow: hidden; border: 1px solid var(--line-strong); border-radius: 12px; background: var(--surface); color: var(--text); box-shadow: 0 24px 70px rgb(0 0 0 / 38%); }
      dialog::backdrop { background: rgb(6 9 15 / 52%); }
      .ask { display: flex; align-items: center; gap: 10px; padding: 0 16px; border-bottom: 1px solid var(--line); color: var(--text-faint); }
      .ask:focus-within { box-shadow: inset 0 -2px 0 var(--accent); } input:focus-visible { outline: 0; }
      input { flex: 1; height: 48px; border: 0; outline: 0; background: none; color: var(--text); font-size: 15px; }
      ul { max-height: 52vh; overflow-y: auto; padding: 6px; }
      a { display: grid; grid-template-columns: 64px minmax(0, 1fr) auto; gap: 10px; align-items: baseline; padding: 7px 10px; border-radius: 7px; color: inherit; text-decoration: none; }
      li[aria-selected='true'] a { background: var(--raised); }
      .title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 550; }
      .kind, .about { font-size: 12px; color: var(--text-faint); }
      .none { padding: 22px; text-align: center; color: var(--text-soft); }
    `,
  ];

  /** Asked once the field takes keys: what was typed before. */
  @property({ attribute: false }) begun: () => string = () => '';
  @state() private wish = '';
  @state() private chosen = 0;
  @query('dialog') private dialog!: HTMLDialogElement;

  render() {
    const hits = this.hits();
    return html`<dialog aria-label="Search" @close=${() => this.dispatchEvent(new Event('close'))} @click=${this.clicked}>
      <div class="ask">${icons.search}
        <input type="text" role="combobox" aria-label="Search hosts, alerts, maps and pages" aria-expanded="true" aria-controls="hits"
          aria-activedescendant=${hits.length ? `hit-${this.chosen}` : nothing} placeholder="Hosts, alerts, maps, pages …" autofocus spellcheck="false"
          @input=${this.typed} @keydown=${this.pressed}></div>
      <ul id="hits" role="listbox" aria-label="Found">${hits.map((hit, at) => html`
        <li id="hit-${at}" role="option" aria-selected=${at === this.chosen} @mousemove=${() => (this.chosen = at)}>
          <a href=${hit.href} tabindex="-1" @click=${() => this.dialog.close()}><span class="kind">${hit.kind}</span><span class="title">${hit.title}</span><span class="about">${hit.about}</span></a></li>`)}
      </ul>
      ${hits.length ? nothing : html`<p class="none">Nothing is called “${this.wish}”.</p>`}
    </dialog>`;
  }

  protected firstUpdated() {
    this.dialog.showModal();
    const field = this.renderRoot.querySelector('input')!;
    field.focus();
    this.wish = field.value = this.begun();
  }

  private hits(): Hit[] {
    const words = this.wish.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (...texts: string[]) => words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
    const hits: Hit[] = SECTIONS.filter(({ title }) => fits(title)).map(({ title, path, key }) => ({ kind: 'Page', title, about: `g ${key}`, href: path }));
    if (!words.length) return hits;
    const maps = new Map<string, string>();
    const byName = [...store.hosts.values()].sort((a, b) => a.host.localeCompare(b.host, undefined, { numeric: true }));
    for (const host of byName) {
      for (const { map } of host.maps) if (fits(map)) maps.set(map, host.host);
      if (hits.length < MOST && fits(host.host, ...Object.values(host.labels))) {
        hits.push({ kind: 'Host', title: host.host, about: host.status, href: address.host(host.host) });
      }
    }
    for (const alert of store.alerts.values()) {
      if (hits.length < MOST * 1.5 && fits(titleOf(alert), alert.host, alert.rule_id)) {
        hits.push({ kind: 'Alert', title: titleOf(alert), about: alert.severity, href: address.alert(alert.id) });
      }
    }
    for (const [map, host] of maps) {
      if (hits.length < MOST * 2) hits.push({ kind: 'Map', title: map, about: host, href: `${SECTIONS[2].path}?q=${encodeURIComponent(map)}` });
    }
    return hits;
  }

  private typed(event: InputEvent) {
    this.wish = (event.target as HTMLInputElement).value;
    this.chosen = 0;
  }

  private pressed(event: KeyboardEvent) {
    const hits = this.hits();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.chosen = (this.chosen + step + hits.length) % Math.max(1, hits.length);
      void this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && hits[this.chosen]) {
      event.preventDefault();
      this.dialog.close();
      place.go(hits[this.chosen].href);
    }
  }

  private clicked(event: MouseEvent) {
    if (event.target === this.dialog) this.dialog.close();
  }
}
