import { html, nothing } from 'lit';
import { moment } from '../format';
import { chip } from '../ui/cells';
import { choice } from '../ui/form';

/** A host's token as the API shows it; the secret nobody knows. */
export interface Token {
  id: string;
  host: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  status: 'valid' | 'expiring' | 'expired';
  /** The host has one that is valid for longer. */
  replaced: boolean;
}

const DAY = 86_400_000;

export function lifetime() {
  return choice({
    name: 'days', label: 'Valid for', hint: 'A warning comes 14 days before the end',
    options: [{ value: '', label: 'ever, until it is revoked' }, { value: '30', label: '30 days' }, { value: '90', label: '90 days' }, { value: '365', label: 'a year' }],
  });
}

/** What a form with a lifetime asks the API for. */
export function expiry(form: FormData): { expires_at?: number } {
  const days = Number(form.get('days'));
  return days ? { expires_at: Date.now() + days * DAY } : {};
}

export function end(token: Token) {
  if (!token.expires_at) return html`<span class="faint">never</span>`;
  return html`${moment(token.expires_at)} ${token.status === 'expired' ? chip('expired', 'critical') : token.status === 'expiring' ? chip('soon', 'warning') : nothing}`;
}

export function lastUse(token: Token) {
  return token.last_used_at ? moment(token.last_used_at) : html`<span class="faint">never</span>`;
}
