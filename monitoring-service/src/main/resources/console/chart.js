import { html } from 'lit';
import { Element } from './element.js';
import { count, hourAndMinute } from './format.js';

const SERIES = [
  { field: 'confirmed', name: 'Confirmed', colour: '--chart-confirmed' },
  { field: 'held', name: 'Held', colour: '--chart-held' },
  { field: 'rejected', name: 'Rejected', colour: '--chart-rejected' },
  { field: 'expired', name: 'Expired', colour: '--chart-expired' },
];
// The library empties its element by innerHTML = ''. Nothing but nothing may be set like that, by anybody.
globalThis.trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });

const dark = matchMedia('(prefers-color-scheme: dark)');

/** An hour of orders as stacked bars, drawn on a canvas; the same figures are there as a table. */
class Chart extends Element {
  static properties = { minutes: { attribute: false }, open: { state: true }, failed: { state: true } };

  #chart;
  #observer = new ResizeObserver(() => this.#chart?.resize());
  #redraw = () => this.#draw();

  async firstUpdated() {
    try {
      const { init } = await import('echarts/dist/echarts.esm.min.mjs');
      if (!this.isConnected) {
        return; // left before the library came
      }
      const canvas = this.querySelector('.chart');
      this.#chart = init(canvas, null, { renderer: 'canvas' });
      this.#observer.observe(canvas);
      dark.addEventListener('change', this.#redraw);
      this.#draw();
    } catch {
      this.failed = true; // the table still serves
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    dark.removeEventListener('change', this.#redraw);
    this.#observer.disconnect();
    this.#chart?.dispose();
  }

  updated(changed) {
    if (changed.has('minutes')) {
      this.#draw();
    }
  }

  render() {
    const minutes = this.minutes ?? [];
    const last = minutes.at(-2);
    const label = last
      ? `Orders per minute over the last hour; at ${hourAndMinute(last.minute)}: ${count(last.placed)} placed, ${inWords(last)}.`
      : 'Orders per minute: nothing yet.';
    return html`
      <div class="chart" role="img" aria-label=${label}></div>
      <details @toggle=${(event) => (this.open = event.target.open)}>
        <summary>${this.failed ? 'The chart can’t be drawn; as a table' : 'As a table'}</summary>
        ${this.open || this.failed ? figures(minutes) : ''}
      </details>`;
  }

  #draw() {
    if (!this.#chart) {
      return;
    }
    const style = getComputedStyle(this);
    const colour = (name) => style.getPropertyValue(name).trim();
    const muted = { color: colour('--muted'), fontFamily: style.fontFamily, fontSize: 11 };
    const line = { lineStyle: { color: colour('--line') } };
    const minutes = this.minutes ?? [];
    this.#chart.setOption({
      animation: false, // it moves every second
      textStyle: { fontFamily: style.fontFamily },
      grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: muted, icon: 'roundRect' },
      // drawn too: as markup it would need styles the page's policy does not allow
      tooltip: {
        trigger: 'axis', renderMode: 'richText', backgroundColor: colour('--card'), borderColor: colour('--line'),
        textStyle: { color: colour('--text'), fontSize: 12 }, axisPointer: { type: 'shadow' },
      },
      xAxis: {
        type: 'category', data: minutes.map((minute) => hourAndMinute(minute.minute)), axisLabel: muted,
        axisLine: line, axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: muted, splitLine: line },
      series: [
        ...SERIES.map((one) => ({
          name: one.name, type: 'bar', stack: 'outcome', barCategoryGap: '25%', itemStyle: { color: colour(one.colour) },
          data: minutes.map((minute) => minute[one.field]),
        })),
        {
          name: 'Placed', type: 'line', symbol: 'none', lineStyle: { width: 1.5 }, itemStyle: { color: colour('--chart-placed') },
          data: minutes.map((minute) => minute.placed),
        },
      ],
    });
  }
}

const inWords = (minute) => SERIES.map((one) => `${count(minute[one.field])} ${one.name.toLowerCase()}`).join(', ');

const figures = (minutes) => html`
  <div class="scroll" tabindex="0" role="region" aria-label="Orders per minute">
    <table>
      <thead><tr><th scope="col">Minute</th><th scope="col" class="number">Placed</th>
        ${SERIES.map((one) => html`<th scope="col" class="number">${one.name}</th>`)}</tr></thead>
      <tbody>
        ${minutes.toReversed().map((minute) => html`
          <tr><td>${hourAndMinute(minute.minute)}</td><td class="number">${count(minute.placed)}</td>
            ${SERIES.map((one) => html`<td class="number">${count(minute[one.field])}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;

customElements.define('mill-chart', Chart);
