import { html, nothing } from 'lit';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const day = { month: 'short', day: 'numeric' };

export const count = (number) => whole.format(number ?? 0);

/** A number of things, by their name in the singular. */
export const counted = (number, thing) => `${count(number)} ${thing}${number === 1 ? '' : 's'}`;

export const rate = (number) => short.format(number ?? 0);

export const percent = (part, all) => (all ? `${short.format((100 * part) / all)}%` : '–');

export const NO_ORDER_ID = 'This is not an order’s id. An id looks like 0198c5d2-7e1b-7c3a-9f60-3b1f0a5c2d4e.';

/** A length of time, with as many digits as tell something. */
export function duration(millis) {
  if (millis < 999.5) { // rounded first, so that nothing takes 60.0 s or 1 min 60 s
    return `${whole.format(millis)} ms`;
  }
  if (millis < 59_950) {
    return `${(millis / 1_000).toFixed(millis < 9_995 ? 2 : 1)} s`;
  }
  const seconds = Math.round(millis / 1_000);
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return `${short.format(millis / 3_600_000)} h`;
}

export const hourAndMinute = (iso) =>
  new Date(iso).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A moment on the viewer's clock; pointing at it shows it in UTC. */
export function time(iso, precise = false) {
  if (!iso) {
    return nothing;
  }
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) {
    return html`<time>${iso}</time>`;
  }
  const now = new Date();
  const today = moment.toDateString() === now.toDateString();
  const thisYear = moment.getFullYear() === now.getFullYear();
  const text = moment.toLocaleTimeString('en', precise ? { ...clock, fractionalSecondDigits: 3 } : clock);
  const date = today ? '' : `${moment.toLocaleDateString('en', thisYear ? day : { ...day, year: 'numeric' })} `;
  return html`<time datetime=${moment.toISOString()} title="${moment.toISOString()} (UTC)">${date}${text}</time>`;
}

const FINAL = [400, 403]; // the same question has the same answer

/** Says why there is nothing to see; with a button where trying again may help. */
export function trouble(reason, again = null) {
  return html`
    <div class="notice bad" role="alert">
      <p>${reason.message}</p>
      ${again && !FINAL.includes(reason.status) ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
    </div>`;
}

export const link = {
  order: (id) => `#/orders/${encodeURIComponent(id)}`,
  logs: (query) => `#/logs?${new URLSearchParams(query)}`.replace(/\?$/, ''),
};
