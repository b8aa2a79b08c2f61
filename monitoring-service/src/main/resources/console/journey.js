import { html, nothing } from 'lit';
import { get, Refused } from './api.js';
import { LoginNeeded } from './auth.js';
import { Element } from './element.js';
import { counted, duration, link, NO_ORDER_ID, time, trouble } from './format.js';
import { fact, logLine } from './logline.js';

const AGAIN = 2_000; // ms between looks at an order that has not ended
const LOOKS = 60; // then only on request: a held order may take a day
const LOOKS_UNKNOWN = 10; // what was just placed is known within seconds; what is mistyped never will be
const LOOKS_AFTER = 5; // what follows from the ending, such as its e-mail, comes within seconds

/** One order: every event of it over all topics, step by step, and what the services logged of it. */
class Journey extends Element {
  static properties = {
    order: { attribute: false },
    journey: { state: true },
    problem: { state: true },
    busy: { state: true },
    watching: { state: true },
  };

  #timer;
  #request = new AbortController();

  willUpdate(changed) {
    if (changed.has('order')) {
      this.journey = null;
      this.problem = null;
      this.#watch();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave();
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#request.abort();
  }

  #watch() {
    this.#leave();
    this.#request = new AbortController();
    this.#look(this.journey ? LOOKS : LOOKS_UNKNOWN, this.#request.signal);
  }

  async #look(left, signal) {
    this.busy = true;
    const known = Boolean(this.journey);
    try {
      const journey = await get(`/api/ops/journeys/${encodeURIComponent(this.order)}`, {}, signal);
      this.journey = journey;
      this.problem = null;
    } catch (problem) {
      if (signal.aborted) {
        return;
      }
      if (problem instanceof LoginNeeded) {
        this.dispatchEvent(new CustomEvent('login-needed', { bubbles: true, detail: problem }));
        return;
      }
      this.problem = problem;
    }
    this.busy = false;
    // an order just placed is not known yet, and one under way has more to come
    const more = !this.problem || this.problem.status === 404;
    const found = this.journey && !known ? LOOKS : left - 1;
    const looks = this.journey?.endedAt ? Math.min(found, LOOKS_AFTER) : found;
    this.watching = more && looks > 0;
    if (this.watching) {
      this.#timer = setTimeout(() => this.#look(looks, signal), AGAIN);
    }
  }

  render() {
    return html`
      <h1>Order <code>${this.order}</code></h1>
      <div role="status" class="muted">${this.#words()}</div>
      ${this.problem && !this.watching ? trouble(wording(this.problem), () => this.#watch()) : nothing}
      ${this.journey ? this.#found(this.journey) : nothing}`;
  }

  #words() {
    if (this.journey) {
      const { startedAt, endedAt, events } = this.journey;
      const took = endedAt ? `, ended after ${duration(new Date(endedAt) - new Date(startedAt))}` : '';
      return html`${counted(events.length, 'event')} since ${time(startedAt)}${took}.
        ${endedAt ? nothing : this.watching ? 'Still under way; watching.' : html`Still under way.
          <button type="button" class="quiet" @click=${() => this.#watch()}>Look again</button>`}`;
    }
    return this.watching && this.problem ? 'Nothing is known of this order yet; looking again…' : this.busy ? 'Looking…' : nothing;
  }

  #found({ events, logs }) {
    return html`
      <section class="panel full" aria-labelledby="events">
        <h2 id="events">Events</h2>
        <div class="event-columns heads" aria-hidden="true"><span>Time</span><span>Since previous</span><span>Event</span><span>Topic</span></div>
        <ol class="rows events">${events.map(step)}</ol>
      </section>
      <section class="panel full" aria-labelledby="logs">
        <h2 id="logs">Logs</h2>
        ${logs.length
          ? html`<ul class="rows">${logs.map(logLine)}</ul><p><a href=${link.logs({ orderId: this.order })}>Search its logs</a></p>`
          : html`<p class="empty">No service has logged anything about this order: most orders pass without a line.</p>`}
      </section>`;
  }
}

/** One event: a row that opens to all there is about it. Its data is shown as text. */
const step = (event, index) => html`
  <li>
    <details>
      <summary class="event-columns">
        ${time(event.time, true)}
        <span class="number">${index === 0 ? '–' : `+${duration(event.sincePreviousMillis)}`}</span>
        <strong>${event.type}</strong>
        <span class="topic">${event.topic}</span>
      </summary>
      <dl class="facts">
        ${fact('Source', event.source)} ${fact('Sequence', event.sequence)}
        ${fact('Partition, offset', `${event.partition}, ${event.offset}`)}
        ${fact('Id', event.id)} ${fact('Caused by', event.causationId)}
        ${event.traceId ? fact('Trace', html`<a href=${link.logs({ traceId: event.traceId })}>${event.traceId}</a>`) : nothing}
      </dl>
      <pre tabindex="0" aria-label="Data of ${event.type}">${JSON.stringify(event.data, null, 2)}</pre>
    </details>
  </li>`;

function wording(problem) {
  switch (problem.status) {
    case 400:
      return new Refused(NO_ORDER_ID, 400);
    case 404:
      return new Error('Nothing is known of this order: no topic that is still kept holds an event of it.');
    default:
      return problem;
  }
}

customElements.define('mill-journey', Journey);
