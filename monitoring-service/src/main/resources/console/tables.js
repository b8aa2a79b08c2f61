import { html, nothing } from 'lit';
import { count, duration, link, time } from './format.js';

const none = (words) => html`<p class="empty">${words}</p>`;

/** A table that scrolls by itself when it is long, by keyboard too; on a phone each row is a few lines. */
const table = (name, kind, columns, rows) => html`
  <div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table class="stacked ${kind}">
      <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.number ? 'number' : ''}>${column.name ?? column}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`;

const number = (name) => ({ name, number: true });

export function services(rows) {
  if (!rows.length) {
    return none('No service has been heard of yet.');
  }
  return html`
    <ul class="services">
      ${rows.map((row) => html`
        <li>
          <span class="dot ${row.up ? 'good' : 'bad'}"></span>
          <span class="service">${row.name}${row.instance === row.name ? nothing : html`<small>${row.instance}</small>`}</span>
          <span>${row.up ? 'up' : html`<span class="bad">down</span> since ${time(row.lastSeen)}`}</span>
        </li>`)}
    </ul>`;
}

export function lags(rows) {
  if (!rows.length) {
    return none('No consumer has committed anything yet.');
  }
  const urgent = [...rows].sort((one, other) =>
    (other.state === 'stopped') - (one.state === 'stopped')
    || other.records - one.records
    || one.group.localeCompare(other.group)
    || one.topic.localeCompare(other.topic));
  return table('Consumer lag', 'lags', ['Group', 'Topic', number('Records behind'), 'State'], urgent.map((row) => html`
    <tr>
      <td>${row.group}</td><td>${row.topic}</td><td class="number">${count(row.records)}</td>
      <td class=${row.state === 'consuming' ? 'muted' : 'warn'}>${row.state}</td>
    </tr>`));
}

export function rejections(rows) {
  if (!rows?.length) {
    return none('None.');
  }
  return html`
    <dl class="pairs">
      ${rows.map((row) => html`<div><dt>${inWords(row.reason)}</dt><dd>${count(row.count)}</dd></div>`)}
    </dl>`;
}

export function outboxes(rows) {
  if (!rows.length) {
    return none('No service has reported its outbox yet.');
  }
  return html`
    <dl class="pairs">
      ${rows.map((row) => html`
        <div>
          <dt>${row.service}</dt>
          <dd>${count(row.waiting)}${row.oldestSeconds ? html` <small>oldest ${duration(row.oldestSeconds * 1000)}</small>` : nothing}</dd>
        </div>`)}
    </dl>`;
}

export function deadLetters(rows) {
  if (!rows.length) {
    return none('None.');
  }
  return html`
    <dl class="pairs stacked">
      ${rows.map((row) => html`
        <div><dt>${row.topic}</dt><dd class="warn">${count(row.records)}${row.newestAt ? html` <small>newest ${time(row.newestAt)}</small>` : nothing}</dd></div>`)}
    </dl>`;
}

export function errors(rows) {
  if (!rows.length) {
    return none('No errors.');
  }
  return table('Newest errors', 'errors', ['Time', 'Service', 'Message', 'Order'], rows.map((row) => html`
    <tr>
      <td class="nowrap">${time(row.time)}</td>
      <td class="nowrap"><a href=${link.logs({ service: row.service, level: 'ERROR' })}>${row.service}</a></td>
      <td class="message">${row.message}</td>
      <td class="nowrap">${row.orderId ? html`<a href=${link.order(row.orderId)}><code>${row.orderId.slice(-12)}</code></a>` : '–'}</td>
    </tr>`));
}

/** PAYMENT_DECLINED as people say it. */
function inWords(reason) {
  const words = String(reason).toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
