import { open } from './api.js';
import { LoginNeeded } from './auth.js';

const FIRST_PAUSE = 1_000; // ms
const LONGEST_PAUSE = 30_000;
const SILENCE = 10_000; // there is a summary every second
const LONGEST_EVENT = 4_000_000; // characters

/**
 * The shop's pulse, kept coming: calls `changed` with {summary, connected, lostSince, refused}. Read by fetch, as
 * EventSource sends no token; comes again with growing pauses, and gives up only where coming again is no use.
 */
export class Live {
  #changed;
  #stop = new AbortController();
  #state = { summary: null, connected: false, lostSince: null, refused: null };

  constructor(changed) {
    this.#changed = changed;
    this.#run();
  }

  stop() {
    this.#stop.abort();
  }

  async #run() {
    let pause = FIRST_PAUSE;
    while (!this.#stop.signal.aborted) {
      let atLeast = 0;
      try {
        // the server ends each stream after a while, for the next to come with a token of that time: nothing is lost by it
        if (!(await this.#listen(() => (pause = FIRST_PAUSE)))) {
          this.#lost();
        }
      } catch (reason) {
        if (this.#stop.signal.aborted) {
          return;
        }
        if (reason instanceof LoginNeeded || reason.status === 403) {
          this.#set({ connected: false, refused: reason });
          return;
        }
        this.#lost();
        atLeast = (reason.retryAfter ?? 0) * 1000;
      }
      // spread, so that many pages don't come back at the same moment
      await this.#sleep(Math.max(atLeast, pause * (0.5 + Math.random() / 2)));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** Reads a stream to its end, which should come after something was heard; tells whether it did. */
  async #listen(heard) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE);
    try {
      const signal = AbortSignal.any([this.#stop.signal, silence.signal]);
      const response = await open('/api/ops/live', 'text/event-stream', signal);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      let any = false;
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE);
        const blocks = (rest + read.value).split(/\r?\n\r?\n/);
        rest = blocks.pop();
        if (rest.length > LONGEST_EVENT) {
          throw new Error('an event without an end');
        }
        for (const summary of blocks.map(summaryIn).filter(Boolean)) {
          heard();
          any = true;
          this.#set({ summary, connected: true, lostSince: null, refused: null });
        }
      }
      return any;
    } finally {
      clearTimeout(timer);
    }
  }

  #lost() {
    this.#set({ connected: false, lostSince: this.#state.lostSince ?? new Date() });
  }

  #set(change) {
    this.#state = { ...this.#state, ...change };
    this.#changed(this.#state);
  }

  #sleep(millis) {
    return new Promise((done) => {
      const timer = setTimeout(done, millis);
      this.#stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        done();
      }, { once: true });
    });
  }
}

function summaryIn(block) {
  const lines = block.split(/\r?\n/);
  const field = (name) => lines
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
    .join('\n');
  return field('event') === 'summary' ? JSON.parse(field('data')) : null;
}
