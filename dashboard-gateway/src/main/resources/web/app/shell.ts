import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { api, type Session } from './api';
import { Live, socket, store } from './live/live';
import { span } from './format';
import { loadSession } from './session/session';
import { listenToKeys } from './keys/keys';
import { TypedAhead } from './keys/typed-ahead';
import { HOME, Placed, place } from './place/place';
import { SECTIONS, fetchPages, find, type Page } from './place/routes';
import './session/login-page';
import './ui/toast';
import { icons, logo } from './ui/icons';
import { shared } from './ui/styles';
import { keepInSight, showOpen } from './ui/tab-row';
import { onThemeChange, theme, toggleTheme } from './ui/theme';

const CONNECTION_WORDS = { connecting: 'Connecting', live: 'Live', waiting: 'Reconnecting', 'signed-out': 'Signed out' };

/** By then the first page is there, and others may be fetched. */
const SETTLED_MS = 3000;

/** The frame around every page: who is signed in, whether the data is live, and which page is shown. */
@customElement('ps-app')
export class App extends LitElement {
  static styles = [
    shared,
    css`
      .skip { position: absolute; left: -999px; top: 8px; z-index: 20; }
      .skip:focus { left: 8px; }

      .bar {
        position: sticky; top: 0; z-index: 10; display: flex; align-items: center; gap: 14px; height: 50px;
        padding: 0 16px; background: var(--surface); border-bottom: 1px solid var(--line);
      }
      .brand { display: flex; align-items: center; gap: 9px; font-size: 15px; font-weight: 650; letter-spacing: -0.02em; color: var(--text); text-decoration: none; }
      nav { display: flex; gap: 2px; align-self: stretch; margin-left: 8px; }
      nav a {
        display: flex; align-items: center; padding: 0 10px; color: var(--text-soft); text-decoration: none;
        font-weight: 500; border-bottom: 2px solid transparent; margin-bottom: -1px;
      }
      nav a:hover { color: var(--text); }
      nav a[aria-current] { color: var(--text); border-color: var(--accent); }

      .hits { min-width: 17px; padding: 0 5px; margin-left: 6px; border-radius: 999px; font-size: 11px; font-weight: 650; text-align: center; background: var(--critical-soft); color: var(--critical); }
      .find { color: var(--text-faint); font-weight: 400; border-color: var(--line); }
      .find kbd { padding: 0 5px; border: 1px solid var(--line-strong); border-radius: 4px; font: 11px var(--mono); }
      .badge {
        padding: 2px 8px; border-radius: 999px; font-size: 11.5px; font-weight: 600; background: var(--info-soft); color: var(--info);
      }

      .connection { display: inline-flex; align-items: center; gap: 7px; color: var(--text-soft); font-weight: 500; }
      .dot { position: relative; width: 8px; height: 8px; border-radius: 50%; background: var(--warning); }
      .live .dot { background: var(--ok); }
      .live .dot::after {
        content: ''; position: absolute; inset: 0; border-radius: 50%; background: var(--ok); animation: beat 2s ease-out 3 both;
      }
      /* Three beats: a dot that never rests keeps the machine drawing all day. */
      @keyframes beat { from { opacity: 0.7; transform: scale(1); } to { opacity: 0; transform: scale(2.6); } }
      @media (prefers-reduced-motion: reduce) { .live .dot::after { animation: none; } }

      .who { display: flex; align-items: baseline; gap: 6px; padding-left: 14px; border-left: 1px solid var(--line); color: inherit; text-decoration: none; }
      .who:hover b { color: var(--accent); }
      .tools { display: flex; gap: 2px; }

      .stale {
        position: sticky; top: 50px; z-index: 9; padding: 8px 16px; background: var(--warning-soft); color: var(--warning);
        border-bottom: 1px solid var(--line); font-weight: 600; text-align: center;
      }
      main { outline: 0; max-width: 1760px; margin: 0 auto; padding: 14px 16px 40px; transition: filter 0.4s; }
      /* Old numbers can still be read: text becomes soft, not see-through. */
      main.grey { filter: grayscale(1); color: var(--text-soft); --text: var(--text-soft); }
      .notice { max-width: 460px; margin: 18vh auto 0; text-align: center; }
      .notice h1 { margin-bottom: 6px; font-size: 17px; }
      .notice .button { margin-top: 16px; text-decoration: none; }

      .fetching { position: fixed; inset: 50px 0 auto; z-index: 11; height: 2px; background: var(--accent); animation: fetch 1.6s ease-out infinite; transform-origin: left; }
      @keyframes fetch { from { transform: scaleX(0); } to { transform: scaleX(1); opacity: 0.2; } }
      @media (prefers-reduced-motion: reduce) { .fetching { animation: none; } }

      @media (max-width: 1180px) { .find span, .find kbd, .who { display: none; } .find { width: 30px; padding: 0; justify-content: center; } }
      @media (max-width: 900px) {
        .bar { flex-wrap: wrap; height: auto; gap: 0 10px; padding: 0 10px; }
        .brand { height: 46px; }
        nav { order: 9; flex-basis: calc(100% + 20px); margin: 0 -10px; padding: 0 4px; overflow-x: auto; scrollbar-width: none; border-top: 1px solid var(--line); }
        nav a { height: 38px; flex: none; }
        .stale { top: 85px; } .fetching { inset-block-start: 85px; }
      }
      @media (max-width: 640px) {
        .brand span { display: none; }
        main { padding: 10px 10px 32px; }
      }
    `,
  ];

  @state() private session: Session | null = null;
  @state() private trouble = '';
  @state() private fetching = false;
  private readonly typed = new TypedAhead();
  @state() private over: 'search' | 'help' | '' = '';
  private forgetKeys?: () => void;
  private forgetTheme?: () => void;

  constructor() {
    super();
    new Live(this, { of: ['connection', 'status'], ticks: true, changed: () => this.watchSession() });
    new Placed(this);
  }

  connectedCallback() {
    super.connectedCallback();
    place.addEventListener('moved', this.arrive);
    this.forgetTheme = onThemeChange(() => this.requestUpdate());
    if (location.pathname === '/login') return;
    this.forgetKeys = listenToKeys({ search: () => this.open('search'), help: () => this.open('help'), theme: () => this.switchTheme() });
    void this.enter();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    place.removeEventListener('moved', this.arrive);
    this.forgetKeys?.();
    this.forgetTheme?.();
  }

  render() {
    if (location.pathname === '/login') return html`<ps-login></ps-login>`;
    if (this.trouble) return this.notice('The server cannot be reached', this.trouble, 'Try again', location.href);
    if (!this.session) return nothing;
    const found = find(place.path);
    const stale = store.staleSeconds();
    return html`
      ${this.bar(found?.page)}
      ${this.fetching ? html`<div class="fetching"></div>` : nothing}
      ${stale ? html`<div class="stale" role="alert">Data is ${span(stale * 1000)} old${this.reason()}</div>` : nothing}
      <main id="main" tabindex="-1" class=${stale ? 'grey' : ''}>
        ${found ? keyed(place.path, found.page.view(...found.parts)) : this.notice('There is no such page', location.pathname, 'To the overview', HOME)}
      </main>
      <ps-toasts></ps-toasts>
      ${this.over === 'search' ? html`<ps-search .begun=${() => this.typed.stop()} @close=${this.close}></ps-search>` : nothing}
      ${this.over === 'help' ? html`<ps-help @close=${this.close}></ps-help>` : nothing}`;
  }

  private bar(page?: Page) {
    const session = this.session!;
    const firing = store.status?.active_alerts_total ?? 0;
    return html`<header class="bar">
      <button class="skip button" @click=${this.skip}>Skip to content</button>
      <a class="brand" href=${HOME} aria-label="Peerscope, overview">${logo}<span>Peerscope</span></a>
      <nav aria-label="Pages" ${ref(keepInSight)}>
        ${SECTIONS.map(({ path, title }) => html`<a href=${path} aria-current=${path === page?.section ? 'page' : nothing} ${ref(keepInSight)}>${title}${
          title === 'Alerts' && firing ? html`<span class="hits num" title="${firing} firing">${firing > 999 ? '999+' : firing}</span>` : nothing}</a>`)}
      </nav>
      <span class="push"></span>
      <button class="button find" @click=${() => this.open('search')} aria-label="Search" title="Search ( / )">${icons.search}<span>Search</span><kbd aria-hidden="true">/</kbd></button>
      ${store.simulated() ? html`<span class="badge" title="Some hosts shown here are simulated">Simulated</span>` : nothing}
      <span class="connection ${store.connection}" role="status"><span class="dot"></span>${CONNECTION_WORDS[store.connection]}</span>
      <a class="who" href="${HOME}/settings?view=account" title="Your account"><b>${session.username}</b><span class="faint">${session.role}</span></a>
      <span class="tools">
        <button class="button icon" @click=${() => this.open('help')} aria-label="Help" title="Help ( ? )">${icons.help}</button>
        <button class="button icon" @click=${this.switchTheme} title="Dark or light"
          aria-label="Switch to ${theme() === 'dark' ? 'light' : 'dark'} colours">${theme() === 'dark' ? icons.sun : icons.moon}</button>
        <button class="button icon" @click=${this.signOut} aria-label="Sign out" title="Sign out ${session.username}">${icons.signOut}</button>
      </span>
    </header>`;
  }

  private reason() {
    return store.connection === 'live'
      ? ': the gateway is connected, but the network totals have stopped coming.'
      : '. Trying to reconnect …';
  }

  private notice(title: string, text: string, action: string, to: string) {
    return html`<div class="notice"><h1>${title}</h1><p class="soft">${text}</p><a class="button" href=${to}>${action}</a></div>`;
  }

  private async enter() {
    try {
      // Who somebody is and the script of the page do not wait for one another.
      const page = this.fetchPage();
      this.session = await loadSession();
      if (!this.session) return this.toLogin();
      socket.start();
      await page;
      window.setTimeout(fetchPages, SETTLED_MS);
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }

  /** Another page: its script if it is not there yet, its title, and the focus where it begins. */
  private readonly arrive = () => {
    this.close();
    window.scrollTo(0, 0);
    void this.fetchPage();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true }));
  };

  private async fetchPage() {
    const page = find(place.path)?.page;
    document.title = `${page?.title ?? 'No such page'} · Peerscope`;
    if (!page) return;
    // On a phone the navigation scrolls sideways.
    void this.updateComplete.then(() => this.renderRoot.querySelector('nav')).then(showOpen);
    this.fetching = true;
    try {
      await page.load();
    } catch {
      // The scripts of an earlier release are gone after an update.
      this.trouble = 'The page could not be fetched. Perhaps Peerscope was updated; try again.';
    }
    this.fetching = false;
  }

  private async open(what: 'search' | 'help') {
    if (this.over) return;
    if (what === 'help') await import('./keys/help-dialog');
    else await this.fetchSearch();
    this.over = what;
  }

  /** What is typed meanwhile stands in the field when it opens; a script that does not come must not swallow keys. */
  private async fetchSearch() {
    this.typed.stop();
    this.typed.start();
    try {
      await import('./keys/search-dialog');
    } catch (error) {
      this.typed.stop();
      throw error;
    }
  }

  private readonly close = () => {
    this.over = '';
  };

  private watchSession() {
    if (store.connection === 'signed-out') this.toLogin();
  }

  private toLogin() {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  private async signOut() {
    socket.stop();
    await api.signOut().catch(() => undefined);
    location.assign('/login');
  }

  private switchTheme() {
    toggleTheme();
  }

  private skip() {
    this.renderRoot.querySelector<HTMLElement>('#main')?.focus();
  }
}
