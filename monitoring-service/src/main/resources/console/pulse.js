import { html, nothing } from 'lit';
import { Element } from './element.js';
import { count, duration, percent, rate, time, trouble } from './format.js';
import { deadLetters, errors, lags, outboxes, rejections, services } from './tables.js';
import './chart.js';

/** The whole platform at a glance, from one summary a second. While none comes, the last one is shown greyed. */
class Pulse extends Element {
  static properties = { live: { attribute: false } };

  render() {
    const { summary, lostSince, refused } = this.live ?? {};
    if (refused) {
      return html`<h1>Pulse</h1>${trouble(refused)}`;
    }
    if (!summary) {
      return html`
        <h1>Pulse</h1>
        <p class="notice">${lostSince ? 'The platform can’t be reached. Trying again…' : 'Waiting for the first figures…'}</p>`;
    }
    return html`
      <h1 class="unseen">Pulse</h1>
      ${lostSince
        ? html`<p class="notice warn">Connection lost since ${time(lostSince.toISOString())}: these are the last known figures.</p>`
        : nothing}
      <div class=${lostSince ? 'stale' : ''}>
        <dl class="tiles">${tiles(summary).map(tile)}</dl>
        <div class="panels">
          <section class="panel wide" aria-labelledby="per-minute">
            <h2 id="per-minute">Orders per minute, by outcome</h2>
            <mill-chart .minutes=${summary.orders.minutes}></mill-chart>
          </section>
          <section class="panel" aria-labelledby="services">
            <h2 id="services">Services</h2>
            ${services(summary.services)}
          </section>
          <section class="panel wide" aria-labelledby="lag">
            <h2 id="lag">Consumer lag</h2>
            ${lags(summary.lag)}
          </section>
          <div class="column">
            <section class="panel" aria-labelledby="refusals">
              <h2 id="refusals">Rejections, last hour</h2>
              ${rejections(summary.orders.rejections)}
            </section>
            <section class="panel" aria-labelledby="outbox">
              <h2 id="outbox">Outbox</h2>
              ${outboxes(summary.outbox)}
            </section>
            <section class="panel" aria-labelledby="dead">
              <h2 id="dead">Dead letters</h2>
              ${deadLetters(summary.deadLetters)}
            </section>
          </div>
          <section class="panel full" aria-labelledby="errors">
            <h2 id="errors">Newest errors</h2>
            ${errors(summary.errors)}
          </section>
        </div>
        <p class="foot">
          As of ${time(summary.at)} · ${rate(summary.telemetry?.logsPerSecond)} log lines/s ·
          ${rate(summary.telemetry?.metricsPerSecond)} metric points/s · ${count(summary.telemetry?.dropped)} dropped
        </p>
      </div>`;
  }
}

const sum = (rows, field) => (rows ?? []).reduce((total, row) => total + (row[field] ?? 0), 0);

/** The eight figures that say whether all is well: what, how much, in other words, and whether to worry. */
function tiles({ orders, lag, lagAt, outbox, deadLetters: dead, services: all }) {
  const full = orders.minutes.at(-2) ?? { placed: 0, minute: null }; // the last minute has only begun
  const confirmed = sum(orders.minutes, 'confirmed');
  const decided = confirmed + sum(orders.minutes, 'rejected') + sum(orders.minutes, 'expired');
  const speed = orders.confirmedSeconds;
  const stopped = lag.filter((row) => row.state === 'stopped').length;
  const unknown = lag.some((row) => row.state === 'unknown'); // the brokers have not been heard of for a while
  const oldest = Math.max(0, ...outbox.map((row) => row.oldestSeconds ?? 0));
  const up = all.filter((service) => service.up).length;
  const letters = sum(dead, 'records');
  return [
    ['Orders / min', count(full.placed), 'the last full minute'],
    ['Confirmed', percent(confirmed, decided), `of ${count(decided)}, last hour`],
    ['Confirmed in, p50', speed ? duration(speed.p50 * 1000) : '–', 'the last 5 min'],
    ['Confirmed in, p99', speed ? duration(speed.p99 * 1000) : '–', 'the last 5 min'],
    ['Consumer lag', lag.length ? count(sum(lag, 'records')) : '–',
      unknown ? html`not known since ${time(lagAt)}` : stopped ? `records; ${stopped} stopped` : 'records',
      unknown || stopped ? 'warn' : ''],
    ['Outbox', count(sum(outbox, 'waiting')), oldest ? `oldest waits ${duration(oldest * 1000)}` : 'nothing waits', oldest > 10 ? 'warn' : ''],
    ['Dead letters', count(letters), letters ? 'to be looked at' : 'none', letters ? 'warn' : ''],
    ['Services up', `${up} / ${all.length}`, ...health(up, all.length)],
  ];
}

function health(up, all) {
  if (all === 0) {
    return ['none heard of yet', 'warn'];
  }
  return up < all ? [`${all - up} down`, 'bad'] : ['all of them', 'good'];
}

const tile = ([name, value, words, tone = '']) => html`
  <div class="tile ${tone}"><dt>${name}</dt><dd><strong>${value}</strong><span>${words}</span></dd></div>`;

customElements.define('mill-pulse', Pulse);
