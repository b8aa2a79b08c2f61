import { html, nothing } from 'lit';
import { get, Refused } from './api.js';
import { LoginNeeded } from './auth.js';
import { Element } from './element.js';
import { counted, link, NO_ORDER_ID, trouble } from './format.js';
import { logLine } from './logline.js';

const PAGE = 100;
const MOST = 2_000; // lines shown; more than anybody reads, and no more than a browser likes
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** The logs of all services, newest first. What is searched for stands in the address, so that it can be sent to others. */
class Logs extends Element {
  static properties = {
    query: { attribute: false },
    lines: { state: true },
    cursor: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  #request = new AbortController();

  willUpdate(changed) {
    if (changed.has('query')) {
      this.#load(null);
    }
  }

  /** The fields show what was asked for, also after going back; what is being typed meanwhile stays. */
  updated(changed) {
    if (changed.has('query')) {
      const query = new URLSearchParams(this.query);
      for (const field of this.querySelectorAll('form [name]')) {
        field.value = query.get(field.name) ?? '';
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request.abort();
  }

  async #load(cursor) {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    const before = cursor ? this.lines : [];
    this.lines = cursor ? before : null;
    this.busy = true;
    this.problem = null;
    try {
      const asked = Object.fromEntries(new URLSearchParams(this.query));
      const page = await get('/api/ops/logs', { ...asked, limit: PAGE, cursor }, signal);
      this.lines = [...before, ...page.items];
      this.cursor = page.nextCursor;
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
  }

  #search(event) {
    event.preventDefault();
    const given = [...new FormData(event.target)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    const address = link.logs(given);
    if (address === location.hash) {
      this.#load(null); // the same again: whatever has come since
    } else {
      location.hash = address;
    }
  }

  render() {
    return html`
      <h1>Logs</h1>
      ${this.#form()}
      <div role="status" class="muted">${this.#words()}</div>
      ${this.problem ? trouble(wording(this.problem), () => this.#load(this.lines ? this.cursor : null)) : nothing}
      ${this.lines?.length ? html`<ul class="rows panel full">${this.lines.map(logLine)}</ul>` : nothing}
      ${this.lines && this.cursor && this.lines.length < MOST
        ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#load(this.cursor)}>
            ${this.lines.length ? 'Load more' : 'Search older lines'}</button>`
        : nothing}`;
  }

  #form() {
    const field = (name, label, hint) => html`
      <div><label for="logs-${name}">${label}</label>
        <input id="logs-${name}" name=${name} placeholder=${hint} maxlength="200"
               autocomplete="off" spellcheck="false"></div>`;
    return html`
      <form class="filters" role="search" aria-label="Logs" @submit=${this.#search}>
        ${field('text', 'Text', 'words in the message')} ${field('service', 'Service', 'any')}
        <div><label for="logs-level">At least</label>
          <select id="logs-level" name="level">
            <option value="">any level</option>
            ${LEVELS.map((one) => html`<option>${one}</option>`)}
          </select></div>
        ${field('orderId', 'Order id', 'any')} ${field('traceId', 'Trace id', 'any')}
        <button class="primary">Search</button>
      </form>`;
  }

  #words() {
    if (this.busy && !this.lines) {
      return 'Searching…';
    }
    if (!this.lines || this.problem) {
      return nothing;
    }
    if (!this.lines.length) {
      // one search looks at no more than so many lines
      return this.cursor ? 'None of the newest lines matches; older ones have not been searched yet.' : 'No line matches.';
    }
    const end = this.lines.length >= MOST ? '; narrow the search to see others' : this.cursor ? ', and there are more' : '';
    return `${counted(this.lines.length, 'line')}, newest first${end}.`;
  }
}

function wording(problem) {
  return problem.fields?.includes('orderId') ? new Refused(NO_ORDER_ID, problem.status) : problem;
}

customElements.define('mill-logs', Logs);
