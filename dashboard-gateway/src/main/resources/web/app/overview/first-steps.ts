import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../ui/command';
import { shared } from '../ui/styles';

/** What to do while no host has reported. Goes away with the first batch. */
@customElement('ps-first-steps')
export class FirstSteps extends LitElement {
  static styles = [
    shared,
    css`
      .panel { padding: 36px 32px; }
      h2 { font-size: 17px; letter-spacing: -0.01em; }
      p { max-width: 62ch; margin: 6px 0 18px; }
      p.after { margin: 14px 0 0; }
      code { font: 12px var(--mono); }
      @media (max-width: 640px) { .panel { padding: 20px 16px; } }
    `,
  ];

  render() {
    return html`<section class="panel" aria-labelledby="first">
      <h2 id="first">No host has reported yet</h2>
      <p class="soft">Send a first metric from any terminal; it shows up here within a second, without a reload.
        Run this in the folder Peerscope was started from, or put a token of your own in place of the file.</p>
      <ps-command .text=${example()}></ps-command>
      <p class="soft after">Then let it flow: the host agent, Telegraf, Prometheus remote write and OpenTelemetry all send to
        this same address.</p>
    </section>`;
  }
}

function example(): string {
  return `curl -X POST ${location.origin}/api/v1/ingest \\
  -H "Authorization: Bearer $(cat data/credentials/fleet)" \\
  -H "Content-Type: application/json" \\
  -d '{"host":"my-first-host",
       "points":[{"fields":{"cpu_usage":42.5,"memory_usage":61,"player_count":7}}]}'`;
}
