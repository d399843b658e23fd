import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from '../api';
import { Loaded } from '../data/loaded';
import { mayRule } from '../session/session';
import { cells, chip } from '../ui/cells';
import { pageStyles } from '../ui/page';
import { shared } from '../ui/styles';
import { say } from '../ui/toast';

interface Setting {
  name: string;
  type: 'integer' | 'number';
  unit: string;
  min: number;
  max: number;
  default: number;
  value: number;
  changed: boolean;
  service: string;
  description: string;
}

const GROUPS: Record<string, string> = { retention: 'How long things are kept', history: 'Questions about the past', ingest: 'Intake', alerts: 'Alerts', channels: 'Channels', channel: 'Channels', links: 'Links', network: 'Network' };

/** What can be changed while Peerscope runs. A change holds at once and is audited. */
@customElement('ps-limits')
export class LimitsView extends LitElement {
  static styles = [shared, pageStyles, cells, css`
    .stack { max-width: 1100px; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) 210px 150px; gap: 14px; align-items: center; padding: 10px 14px; border-bottom: 1px solid var(--line); } li:last-child { border: 0; }
    .set { display: flex; gap: 8px; align-items: center; } .set .input { width: 118px; text-align: right; } .acts { display: flex; gap: 6px; justify-content: flex-end; }
    .acts .button { height: 26px; font-size: 12px; }
    @media (max-width: 640px) { li { grid-template-columns: minmax(0, 1fr); gap: 6px; } .acts { justify-content: flex-start; } .acts:empty { display: none; } }`];

  @state() private drafts = new Map<string, string>();
  private readonly settings = new Loaded<{ settings: Setting[] }>(this, () => 'all', (signal) => api.get('/api/v1/settings/catalogue', {}, signal));

  render() {
    const { value, error } = this.settings;
    if (!value) return html`<p class=${error ? 'banner' : 'soft'}>${error?.message ?? 'Loading …'}</p>`;
    const groups = new Map<string, Setting[]>();
    for (const setting of value.settings) {
      const group = setting.name.split('.')[0];
      groups.set(group, [...(groups.get(group) ?? []), setting]);
    }
    return html`<div class="stack">${[...groups].map(([group, settings]) => html`<section class="panel" aria-label=${group}>
      <header><h2>${GROUPS[group] ?? group.charAt(0).toUpperCase() + group.slice(1)}</h2></header><ul>${settings.map((setting) => this.row(setting))}</ul></section>`)}</div>`;
  }

  private row(setting: Setting) {
    const { name, unit, min, max, value, description, changed, type } = setting;
    const draft = this.drafts.get(name);
    const id = `s-${name}`;
    return html`<li><label for=${id}><b>${description}</b><span class="two mono">${name} ${changed ? chip('changed', 'info', `configured: ${setting.default}`) : nothing}</span></label>
      <span class="set"><input id=${id} class="input num" type="number" min=${min} max=${max} step=${type === 'integer' ? 1 : 'any'} ?readonly=${!mayRule()} .value=${draft ?? String(value)}
        @input=${(event: Event) => this.type(name, (event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.save(setting)}><span class="soft">${unit}</span></span>
      <span class="acts">${draft !== undefined && draft !== String(value) ? html`<button class="button primary" @click=${() => this.save(setting)} aria-label="Save ${name}">Save</button><button class="button" @click=${() => this.type(name)}>Undo</button>`
        : changed && mayRule() ? html`<button class="button" @click=${() => this.send(name, null)} title="Back to ${setting.default} ${unit}">Back to default</button>` : nothing}</span></li>`;
  }

  private type(name: string, text?: string) {
    this.drafts = new Map(this.drafts);
    if (text === undefined) this.drafts.delete(name);
    else this.drafts.set(name, text);
  }

  private async save({ name, min, max }: Setting) {
    const wanted = Number(this.drafts.get(name));
    if (!(wanted >= min && wanted <= max)) return say(`${name} must be from ${min} to ${max}`, true);
    await this.send(name, wanted);
  }

  private async send(name: string, value: number | null) {
    try {
      await api.send('PUT', '/api/v1/settings', { settings: { [name]: value } });
      say('Saved; it holds from now on');
      this.type(name);
      await this.settings.again();
    } catch (error) {
      say((error as Error).message, true);
    }
  }
}
