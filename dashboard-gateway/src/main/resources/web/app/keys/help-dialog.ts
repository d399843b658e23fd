import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { SECTIONS } from '../place/routes';
import '../ui/dialog';
import { shared } from '../ui/styles';

const KEYS: [string[], string][] = [
  [['/'], 'Search hosts, alerts, maps and pages'],
  [['?'], 'This help'],
  [['t'], 'Dark or light'],
  [['Esc'], 'Close what is open'],
  [['↑', '↓', '↵'], 'In the search: choose and go'],
];

/** Which keys do what, and what the signs mean. */
@customElement('ps-help')
export class HelpDialog extends LitElement {
  static styles = [
    shared,
    css`
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 7px 16px; align-items: baseline; }
      kbd { display: inline-block; min-width: 22px; margin-right: 4px; padding: 1px 6px; border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 5px; background: var(--raised); font: 12px/1.5 var(--mono); text-align: center; }
      h3 { margin: 16px 0 8px; font-size: 12px; font-weight: 600; color: var(--text-faint); }
      h3:first-child { margin-top: 0; }
      p { color: var(--text-soft); } p + p { margin-top: 6px; }
    `,
  ];

  render() {
    return html`<ps-dialog heading="Help">
      <h3>Keys</h3>
      <dl>${KEYS.map(([keys, what]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${what}</dd>`)}</dl>
      <h3>Go to a page</h3>
      <dl>${SECTIONS.map(({ key, title }) => html`<dt><kbd>g</kbd><kbd>${key}</kbd></dt><dd>${title}</dd>`)}</dl>
      <h3>Good to know</h3>
      <p>Everything moves by itself; when data stops coming, the page turns grey and says how old it is.</p>
      <p>Drag over a chart to look closer, “Go live” brings you back. Filters and times are in the address: send it to a colleague and they see the same.</p>
    </ps-dialog>`;
  }
}
