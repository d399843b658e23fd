import { css, html, nothing } from 'lit';
import type { ApiError } from '../api';

interface Field {
  name: string;
  label: string;
  value?: string | number | null;
  type?: 'text' | 'number' | 'password' | 'datetime-local' | 'email';
  hint?: unknown;
  placeholder?: string;
  required?: boolean;
  readonly?: boolean;
  step?: string;
  min?: number;
  max?: number;
  minlength?: number;
  list?: string;
  autocomplete?: string;
  focus?: boolean;
  wide?: boolean;
}

/** The parts of every form. What the server says of a field stands beside it. */
export function field(of: Field, error?: ApiError) {
  const fault = faultOf(of.name, error);
  return html`<label class="field ${of.wide ? 'wide' : ''}"><span>${of.label}</span>
    <input class="input" name=${of.name} type=${of.type ?? 'text'} .value=${String(of.value ?? '')} ?required=${of.required} ?readonly=${of.readonly}
      placeholder=${of.placeholder ?? nothing} step=${of.step ?? (of.type === 'number' ? 'any' : nothing)} min=${of.min ?? nothing} max=${of.max ?? nothing}
      minlength=${of.minlength ?? nothing} list=${of.list ?? nothing} autocomplete=${of.autocomplete ?? 'off'} spellcheck="false"
      ?autofocus=${of.focus} aria-invalid=${fault ? 'true' : nothing}>
    ${fault ? html`<em class="fault">${fault}</em>` : of.hint ? html`<em>${of.hint}</em>` : nothing}</label>`;
}

export function area(of: Field & { rows?: number }, error?: ApiError) {
  const fault = faultOf(of.name, error);
  return html`<label class="field wide"><span>${of.label}</span>
    <textarea class="input" name=${of.name} rows=${of.rows ?? 3} .value=${String(of.value ?? '')} ?required=${of.required} ?autofocus=${of.focus}
      placeholder=${of.placeholder ?? nothing} spellcheck="false" aria-invalid=${fault ? 'true' : nothing}></textarea>
    ${fault ? html`<em class="fault">${fault}</em>` : of.hint ? html`<em>${of.hint}</em>` : nothing}</label>`;
}

export type Option = string | { value: string; label: string };

export function choice(of: Field & { options: readonly Option[]; changed?: (value: string) => void }, error?: ApiError) {
  const fault = faultOf(of.name, error);
  return html`<label class="field ${of.wide ? 'wide' : ''}"><span>${of.label}</span>
    <select class="input" name=${of.name} @change=${(event: Event) => of.changed?.((event.target as HTMLSelectElement).value)}>
      ${of.options.map((option) => {
        const { value, label } = typeof option === 'string' ? { value: option, label: option } : option;
        return html`<option value=${value} ?selected=${value === String(of.value ?? '')}>${label}</option>`;
      })}</select>
    ${fault ? html`<em class="fault">${fault}</em>` : of.hint ? html`<em>${of.hint}</em>` : nothing}</label>`;
}

export function tick(name: string, label: string, value: boolean, hint?: string) {
  return html`<label class="tick"><input type="checkbox" name=${name} .checked=${value}><span>${label}${hint ? html`<em>${hint}</em>` : nothing}</span></label>`;
}

/** What the server says of the whole, and of fields that the form does not show. */
export function formError(error: ApiError | undefined, shown: string[] = []) {
  if (!error) return nothing;
  const others = error.faults.filter(({ field: name }) => !name || !shown.some((each) => concerns(name, each)));
  if (error.faults.length && !others.length) return nothing;
  const text = others.length ? others.map(({ field: name, detail }) => (name ? `${name}: ${detail}` : detail)) : [error.message];
  return html`<div class="form-error" role="alert">${text.map((line) => html`<p>${line}</p>`)}</div>`;
}

function faultOf(name: string, error?: ApiError): string | undefined {
  return error?.faults.find(({ field: of }) => of && concerns(of, name))?.detail;
}

function concerns(of: string, name: string): boolean {
  return of === name || of.startsWith(`${name}.`) || of.startsWith(`${name}[`) || of.endsWith(`.${name}`);
}

/** `a=b, c=d*` as a map and back. */
export function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/[,\n]/).map((pair) => pair.trim()).filter(Boolean).map((pair) => {
      const at = pair.search(/[=:]/);
      return at < 0 ? [pair, '*'] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

export function pairsText(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {}).map(([name, value]) => `${name}=${value}`).join(', ');
}

export const formStyles = css`
  form { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 14px; align-items: start; }
  .field { display: grid; gap: 4px; align-content: start; min-width: 0; }
  .field > span { font-size: 12px; font-weight: 550; color: var(--text-soft); }
  .field .input { width: 100%; height: 32px; }
  .field textarea.input { height: auto; padding: 7px 10px; resize: vertical; font-family: inherit; line-height: 1.45; }
  .field select.input { padding-right: 4px; }
  .field em, .tick em { font-style: normal; font-size: 12px; color: var(--text-faint); }
  .field em.fault { color: var(--critical); }
  .input[aria-invalid] { border-color: var(--critical-fill); }
  .input[readonly] { background: var(--raised); color: var(--text-soft); }
  .wide { grid-column: 1 / -1; }
  .tick { display: flex; gap: 8px; align-items: start; grid-column: 1 / -1; }
  .tick span { display: grid; }
  .tick input { margin: 2px 0 0; accent-color: var(--accent-fill); width: 15px; height: 15px; }
  .form-error { grid-column: 1 / -1; padding: 8px 12px; border-radius: var(--radius-small); background: var(--critical-soft); color: var(--critical); overflow-wrap: anywhere; }
  .form-foot { grid-column: 1 / -1; display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; margin-top: 4px; }
  fieldset { grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; gap: 12px 14px; margin: 0; padding: 0; border: 0; }
  summary { cursor: pointer; color: var(--text-soft); font-weight: 550; } details fieldset { grid-template-columns: repeat(2, minmax(0, 1fr)); padding-top: 12px; align-items: start; }
  legend { padding: 0 0 8px; font-size: 12px; font-weight: 600; color: var(--text-faint); }
  @media (max-width: 640px) { form { grid-template-columns: minmax(0, 1fr); } }
`;
