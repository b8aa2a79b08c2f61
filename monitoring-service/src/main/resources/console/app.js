import { html, nothing } from 'lit';
import { complete, logIn, logOut, LoginNeeded, properAddress, user } from './auth.js';
import { Element } from './element.js';
import { link, time, trouble } from './format.js';
import { Live } from './live.js';
import './journey.js';
import './logs.js';
import './pulse.js';

const TITLES = { pulse: 'Pulse', order: 'Order', logs: 'Logs', none: 'Not found' };

/** The frame around every view: where to go, who is looking, whether what is shown is live. */
class App extends Element {
  static properties = {
    user: { state: true },
    problem: { state: true },
    live: { state: true },
    view: { state: true },
    wrong: { state: true },
  };

  #live;

  constructor() {
    super();
    this.user = user();
    this.view = viewAt(location.hash);
    addEventListener('hashchange', () => this.#go());
    // a view that finds the session ended says so by this event
    this.addEventListener('login-needed', (event) => this.#ended(event.detail));
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      await complete();
    } catch (problem) {
      this.problem = problem;
    }
    this.#begin();
  }

  #begin() {
    this.user = user();
    this.view = viewAt(location.hash);
    if (this.user) {
      this.#live = new Live((state) => {
        this.live = state;
        if (state.refused instanceof LoginNeeded) {
          this.#ended(state.refused);
        }
      });
    }
  }

  #ended(reason) {
    this.#live?.stop();
    this.problem = reason;
    this.user = null;
  }

  async #go() {
    this.view = viewAt(location.hash);
    await this.updateComplete;
    this.querySelector('main')?.focus();
    scrollTo(0, 0);
  }

  #find(event) {
    event.preventDefault();
    const id = new FormData(event.target).get('order').trim();
    this.wrong = id ? null : 'Enter an order’s id.';
    if (id) {
      location.hash = link.order(id);
    }
  }

  #logIn() {
    this.problem = null;
    logIn().catch((problem) => (this.problem = problem));
  }

  render() {
    document.title = `${TITLES[this.view.name]} · Millrace`;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      <header class="bar">
        <a class="brand" href="#/"><img src="/console/icon.svg" alt="" width="22" height="22">Millrace</a>
        ${this.user ? this.#tools() : nothing}
      </header>
      <main id="main" tabindex="-1">${this.user ? this.#view() : this.#welcome()}</main>`;
  }

  #skip(event) {
    event.preventDefault(); // the address names the view
    this.querySelector('main').focus();
  }

  #tools() {
    const here = (name) => (this.view.name === name ? 'page' : nothing);
    return html`
      <nav aria-label="Views">
        <a href="#/" aria-current=${here('pulse')}>Pulse</a>
        <a href="#/logs" aria-current=${here('logs')}>Logs</a>
      </nav>
      <form class="find" role="search" @submit=${this.#find}>
        <label for="find-order">Order id</label>
        <input id="find-order" name="order" placeholder="Find an order by its id" autocomplete="off" spellcheck="false"
               maxlength="64" aria-describedby="find-wrong">
        <button>Find</button>
        <span id="find-wrong" class="bad" role="status">${this.wrong}</span>
      </form>
      ${this.#connection()}
      <div class="who">
        <span>${this.user}</span>
        <button type="button" class="quiet" @click=${() => logOut().catch((problem) => this.#ended(problem))}>Log out</button>
      </div>`;
  }

  #connection() {
    const { connected, lostSince } = this.live ?? {};
    const words = lostSince ? html`Connection lost since ${time(lostSince.toISOString())}`
      : connected ? 'Live' : this.live?.refused ? 'Not live' : 'Connecting…';
    return html`
      <p class="connection" role="status"><span class="dot ${lostSince ? 'bad' : connected ? 'good' : ''}"></span>${words}</p>`;
  }

  #view() {
    switch (this.view.name) {
      case 'pulse':
        return html`<mill-pulse .live=${this.live}></mill-pulse>`;
      case 'order':
        return html`<mill-journey .order=${this.view.order}></mill-journey>`;
      case 'logs':
        return html`<mill-logs .query=${this.view.query}></mill-logs>`;
      default:
        return html`<h1>Not found</h1><p>There is no such view. <a href="#/">See the shop’s pulse.</a></p>`;
    }
  }

  #welcome() {
    return html`
      <section class="welcome">
        <h1>What the shop does, as it happens</h1>
        <p>Orders by the minute, every event of an order over all topics, consumer lag, and the logs of all services.</p>
        ${this.problem ? trouble(this.problem) : nothing}
        <button type="button" class="primary" @click=${this.#logIn}>Log in</button>
      </section>`;
  }
}

/** The view an address's fragment names. */
function viewAt(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);
  const order = /^\/orders\/([^/]+)$/.exec(path);
  if (order) {
    return { name: 'order', order: safely(order[1]) };
  }
  if (path === '/logs') {
    return { name: 'logs', query };
  }
  return { name: path === '' || path === '/' ? 'pulse' : 'none' };
}

function safely(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

const elsewhere = properAddress();
if (elsewhere) {
  location.replace(elsewhere);
} else {
  customElements.define('mill-app', App);
}
