import { css } from 'lit';
import { onThemeChange } from '../ui/theme';

/** The same everywhere on the page until the theme changes. */
const known = new Map<string, string>();
onThemeChange(() => known.clear());

/**
 * Colours and letters of a chart: a canvas cannot resolve variables, so an element does. Each is asked for once, since every
 * answer is a layout of the page.
 */
export class Look {
  constructor(private readonly element: HTMLElement) {}

  colour(variable: string): string {
    return this.once(variable, () => {
      this.element.style.color = `var(${variable})`;
      return getComputedStyle(this.element).color;
    });
  }

  get text(): string {
    return this.colour('--text-faint');
  }

  get line(): string {
    return this.colour('--line');
  }

  get fontFamily(): string {
    return this.once('font', () => getComputedStyle(this.element).fontFamily);
  }

  private once(name: string, ask: () => string): string {
    const value = known.get(name) ?? ask();
    known.set(name, value);
    return value;
  }
}

/** As many lines as a person can tell apart, and as there are series colours. */
export const SERIES_COLOURS = 8;

export function seriesColour(place: number): string {
  return `--series-${(place % SERIES_COLOURS) + 1}`;
}

/** Rows of a tooltip, built as elements: markup with inline styles would be refused by the page's content policy. */
export function tooltip(heading: string, rows: { colour?: string; name: string; value: string }[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'tooltip';
  const head = document.createElement('div');
  head.className = 'time';
  head.textContent = heading;
  box.append(head);
  for (const { colour, name, value } of rows) {
    const row = document.createElement('div');
    row.className = 'row';
    const key = document.createElement('i');
    if (colour) key.style.background = colour;
    const label = document.createElement('span');
    label.textContent = name;
    const number = document.createElement('b');
    number.textContent = value;
    row.append(...(colour ? [key] : []), label, number);
    box.append(row);
  }
  return box;
}

/** For whoever holds a chart. */
export const chartStyles = css`
  .tip { position: absolute; z-index: 1; pointer-events: none; width: max-content; max-width: 100%; overflow-wrap: anywhere; } .tip[hidden] { display: none; }
  .tooltip { padding: 8px 10px; min-width: 150px; background: var(--surface); border: 1px solid var(--line-strong); border-radius: var(--radius-small); box-shadow: 0 6px 20px rgb(0 0 0 / 22%); font: 12px/1.5 var(--sans); color: var(--text); }
  .tooltip .time { color: var(--text-faint); margin-bottom: 3px; font-variant-numeric: tabular-nums; }
  .tooltip .row { display: flex; align-items: center; gap: 8px; }
  .tooltip i { flex: none; width: 10px; height: 3px; border-radius: 2px; }
  .tooltip b { margin-left: auto; padding-left: 14px; font-weight: 600; font-variant-numeric: tabular-nums; }
`;

/** What ECharts is told of its tooltip, so that ours is all there is to see. */
export const bareTooltip = {
  confine: true, transitionDuration: 0, backgroundColor: 'transparent', borderWidth: 0, padding: 0, shadowColor: 'transparent',
};
