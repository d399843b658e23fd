import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { use, init } from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);
@customElement('ps-app')
export class App extends LitElement {
  @state() accessor n = 0;
  render() { return html`${this.n} ${init}`; }
}
