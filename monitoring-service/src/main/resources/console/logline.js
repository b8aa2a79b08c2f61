import { html, nothing } from 'lit';
import { link, time } from './format.js';

/** One line of a log: a row that opens. Whatever it says is text. */
export function logLine(line) {
  return html`
    <li>
      <details class="line">
        <summary class="log-columns">
          ${time(line.time, true)}
          <span class="severity ${severityClass(line.severity)}">${line.severity}</span>
          <span class="service">${line.service}</span>
          <span class="message">${line.message}</span>
        </summary>
        <dl class="facts">
          ${fact('Logger', line.logger)} ${fact('Instance', line.instance)} ${fact('Thread', line.thread)}
          ${line.orderId ? fact('Order', html`<a href=${link.order(line.orderId)}>${line.orderId}</a>`) : nothing}
          ${line.traceId ? fact('Trace', html`<a href=${link.logs({ traceId: line.traceId })}>${line.traceId}</a>`) : nothing}
          ${Object.entries(line.attributes ?? {}).map(([name, value]) => fact(name, asText(value)))}
        </dl>
        ${line.message?.includes('\n') ? html`<pre tabindex="0">${line.message}</pre>` : nothing}
        ${line.exception ? html`<pre tabindex="0" aria-label="Exception">${line.exception}</pre>` : nothing}
      </details>
    </li>`;
}

/** A term and what it is; nothing when there is nothing to say. */
export const fact = (name, value) =>
  value === undefined || value === null || value === '' ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const asText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function severityClass(severity) {
  switch (severity) {
    case 'ERROR':
    case 'FATAL':
      return 'bad';
    case 'WARN':
      return 'warn';
    default:
      return '';
  }
}
