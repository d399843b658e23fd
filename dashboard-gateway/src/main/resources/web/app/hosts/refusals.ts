import { html } from 'lit';
import { count } from '../format';
import { HOME, address } from '../place/place';
import { mayAct, mayRule } from '../session/session';
import { chip } from '../ui/cells';

/** Why samples are refused, what to do about it, and where. Words are those of the API's errors. */
const REMEDIES: Record<string, { why: string; todo: string; at?: (host: string) => { href: string; title: string } | null }> = {
  too_new: { why: 'dated too far in the future', todo: 'Set the clock of the host, or let the sender say when it sends (sent_at): then it is corrected.', at: clock },
  too_old: { why: 'older than raw samples are kept', todo: 'Set the clock of the host; a backlog must arrive before raw samples expire. A time in seconds looks like this, too.', at: clock },
  bad_timestamp: { why: 'a time that cannot be read', todo: 'Times are RFC 3339 or epoch milliseconds.', at: quarantine },
  bad_name: { why: 'a name that is not allowed', todo: 'Names are of letters, digits, _ . : and -; rename the field or label where it is sent.', at: quarantine },
  bad_value: { why: 'no finite number, or out of its range', todo: 'Leave out what is not known, instead of NaN or -1.', at: quarantine },
  cardinality_exceeded: { why: 'too many series', todo: 'Drop labels that never repeat, such as ids, or give the host more series.', at: limits },
  too_many_points: { why: 'too many points in a batch', todo: 'Send smaller batches.', at: limits },
  host_mismatch: { why: 'the token belongs to another host', todo: 'Give each host its own token, or use one of a fleet.', at: tokens },
  missing_field: { why: 'a field is missing', todo: 'Compare what is sent with the documentation of its door.', at: quarantine },
  internal: { why: 'the database would not have them', todo: 'Look into the log of the query API.', at: quarantine },
};

function clock(host: string) {
  return { href: `${address.host(host)}?view=clock`, title: 'Its clock' };
}

function quarantine(host: string) {
  return mayAct() ? { href: `${HOME}/settings?view=quarantine&host=${encodeURIComponent(host)}`, title: 'Which samples' } : null;
}

function limits() {
  return { href: `${HOME}/settings?view=limits`, title: 'Limits' };
}

function tokens() {
  return mayRule() ? { href: `${HOME}/settings`, title: 'Tokens' } : null;
}

/** The reasons of a host, the most frequent first; what nobody described stands at the end. */
export function remedies(host: string, reasons: Record<string, number>, rejected: number) {
  const told = Object.entries(reasons).sort(([, one], [, other]) => other - one);
  const rest = rejected - told.reduce((sum, [, many]) => sum + many, 0);
  return html`<dl class="remedies">${told.map(([code, many]) => {
    const remedy = REMEDIES[code];
    const link = remedy?.at?.(host);
    return html`<dt>${chip(code, 'warning')} <b>${count(many)}</b></dt><dd>${remedy ? html`${capital(remedy.why)}. ${remedy.todo}` : 'See the answer that the sender got.'} ${link ? html`<a href=${link.href}>${link.title}</a>` : ''}</dd>`;
  })}${rest > 0 ? html`<dt>${chip('not described')} <b>${count(rest)}</b></dt><dd>Of a host that has much refused, only some is written down. The sender was told of each in its answer.</dd>` : ''}</dl>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
