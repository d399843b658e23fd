import { css, html, svg } from 'lit';
import '../ui/command';

/** A secret for an authenticator app, as the server offers it. */
export interface Offer {
  secret: string;
  uri: string;
  qr: { size: number; path: string };
}

/** Light around a QR code, in modules, without which cameras do not find it. */
const QUIET = 4;

export const authenticatorStyles = css`
  .qr { display: block; width: min(220px, 70vw); height: auto; border-radius: var(--radius-small); background: #fff; }
  .scan { grid-column: 1 / -1; display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; gap: 10px; }
  .scan ps-command, .codes ps-command { width: 100%; }
  .codes { display: grid; gap: 12px; }
  .codes .button { justify-self: end; }
`;

export function scan(offer: Offer) {
  return html`<div class="scan">${picture(offer)}<p class="soft">Or type this key into the app:</p><ps-command .text=${grouped(offer.secret)}></ps-command>
    <p><a href=${offer.uri}>Open in an app on this device</a></p></div>`;
}

export function recoveryCodes(codes: string[], kept: () => void) {
  return html`<div class="codes"><p>Each of them signs you in once, when your phone is not at hand. They are shown this once: print them, or keep them in a password manager.</p>
    <ps-command .text=${codes.join('\n')}></ps-command>
    <button class="button primary" @click=${kept}>I have kept them</button></div>`;
}

/** Two lines of groups of four, as one types it. */
function grouped(secret: string): string {
  const groups = secret.match(/.{1,4}/g) ?? [];
  return `${groups.slice(0, 4).join(' ')}\n${groups.slice(4).join(' ')}`;
}

/** Dark on light in both themes: many cameras read nothing else. */
function picture({ qr }: Offer) {
  const side = qr.size + 2 * QUIET;
  return html`<svg class="qr" viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label="QR code of the key below" shape-rendering="crispEdges">${svg`<path d=${qr.path} fill="#000"></path>`}</svg>`;
}
