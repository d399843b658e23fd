import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { address } from '../place/place';
import { cells, chip } from '../ui/cells';
import '../ui/command';
import '../ui/segmented';
import { shared } from '../ui/styles';

const WAYS = [{ value: 'agent', label: 'Agent' }, { value: 'curl', label: 'curl' }, { value: 'telegraf', label: 'Telegraf' }, { value: 'prometheus', label: 'Prometheus' }, { value: 'otel', label: 'OpenTelemetry' }];

/** What to paste on a new host's machine; says when its first metric has come. */
@customElement('ps-agent-setup')
export class AgentSetup extends LitElement {
  static styles = [shared, cells, css`p { margin-bottom: 10px; } ps-segmented { margin-bottom: 10px; max-width: 100%; overflow-x: auto; } .wait { display: flex; gap: 8px; align-items: center; margin: 12px 0 4px; }`];

  @property() host = '';
  @property() token = '';
  /** Whether the host has been heard of. */
  @property({ type: Boolean }) here = false;
  @state() private way = 'agent';

  render() {
    return html`<p><b>${this.host}</b> may send now. Its token is shown this once; paste it there before you go on.</p>
      <ps-segmented label="By which way" .choices=${WAYS} .value=${this.way} @choose=${(event: CustomEvent<string>) => (this.way = event.detail)}></ps-segmented>
      <ps-command .text=${this.text()}></ps-command>
      <p class="wait" role="status">${this.here ? html`${chip('here', 'ok')} Its first metrics have come: <a href=${address.host(this.host)}>see the host</a>` : html`${chip('waiting', 'info')} This turns when the first metric comes.`}</p>`;
  }

  private text(): string {
    const at = location.origin;
    switch (this.way) {
      case 'curl': return `curl -X POST ${at}/api/v1/ingest \\
  -H 'Authorization: Bearer ${this.token}' -H 'Content-Type: application/json' \\
  -d '{"host":"${this.host}","points":[{"fields":{"cpu_usage":42,"memory_usage":61,"player_count":7}}]}'`;
      case 'telegraf': return `[[outputs.influxdb]]
  urls = ["${at}"]
  skip_database_creation = true
  http_headers = {"Authorization" = "Bearer ${this.token}"}`;
      case 'prometheus': return `remote_write:
  - url: ${at}/api/v1/write
    authorization:
      credentials: ${this.token}`;
      case 'otel': return `exporters:
  otlphttp:
    endpoint: ${at}
    headers: { Authorization: "Bearer ${this.token}" }`;
      default: return `install -d -m 700 ~/.peerscope && (umask 077; echo '${this.token}' > ~/.peerscope/token)
java -Xmx48m -jar host-agent.jar --url ${at} \\
  --token-file ~/.peerscope/token --data-dir ~/.peerscope/data`;
    }
  }
}
