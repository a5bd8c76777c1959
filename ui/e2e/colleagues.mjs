// Colleagues at work, each at a person's pace and with a window's stream open, while customers keep coming.
import { setTimeout as pause } from 'node:timers/promises';

/** Everybody does the next thing this often. */
const STEP_MS = 10_000;
/** A new customer writes this often. */
const ARRIVAL_MS = 2000;
/** As a window does it: how often it tells where one is, and how long it waits for more before it counts again. */
const PRESENCE_MS = 4000;
const SETTLE_MS = 400;

/** What a person does with a conversation, one thing after the other. */
const steps = [
  (ask) => ask('POST', 'claim'),
  (ask) => ask('PUT', 'read', { seq: 1 }),
  (ask, label) => ask('PUT', `labels/${label}`),
  (ask) => ask('POST', 'messages', { text: 'It is on its way to you.', seen_seq: 1 }),
  (ask) => ask('PUT', 'status', { status: 'solved' }),
];

/** Everybody at once: `people`, who take from `conversations` and label with `label`, and customers of `owner`. */
export class Colleagues {
  /** What was done so far: steps, events that their streams told of, and how often they counted. */
  done = { steps: 0, events: 0, counts: 0, arrivals: 0 };
  #over = new AbortController();
  #outcomes;

  constructor(scene, { owner, people, conversations, label }) {
    Object.assign(this, { scene, owner, conversations: conversations.values(), label });
    const shifts = people.flatMap((person, at) => [
      this.#listen(person),
      this.#goThrough(person, (at / people.length) * STEP_MS),
    ]);
    this.#outcomes = Promise.allSettled([this.#receive(), ...shifts]);
  }

  /** Ends their day; what went wrong in it is thrown. */
  async end() {
    this.#over.abort();
    const wrong = (await this.#outcomes).map(({ reason }) => reason);
    for (const reason of wrong) if (reason && reason.name !== 'AbortError') throw reason;
  }

  async #goThrough(person, from) {
    await this.#pause(from);
    for (const id of this.conversations) {
      const ask = (method, path, body) => this.scene.as(person, method, `conversations/${id}/${path}`, body);
      for (const step of steps) {
        await step(ask, this.label);
        this.done.steps += 1;
        for (let rested = 0; rested < STEP_MS; rested += PRESENCE_MS) {
          await ask('POST', 'presence', { state: 'viewing' });
          await this.#pause(Math.min(PRESENCE_MS, STEP_MS - rested));
        }
      }
    }
    throw new Error('the colleagues have nothing left to do');
  }

  async #receive() {
    for (;;) {
      await this.#pause(ARRIVAL_MS);
      this.done.arrivals += 1;
      const name = `Newcomer ${this.done.arrivals}`;
      await this.scene.arrive(this.owner, { name, text: 'Where is my parcel?' });
    }
  }

  /** Reads the stream of events, and counts again after those that ask for it. */
  async #listen(person) {
    const { signal } = this.#over;
    const url = `${this.scene.origin}/api/v1/workspaces/${person.workspace}/events`;
    const { body } = await fetch(url, { headers: { cookie: person.cookie }, signal });
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      this.done.events += text.split('event: change').length - 1;
      if (!text.includes('"counters_changed":true')) continue;
      await this.#pause(SETTLE_MS);
      await this.scene.as(person, 'GET', 'counters');
      this.done.counts += 1;
    }
  }

  #pause(milliseconds) {
    return pause(milliseconds, undefined, { signal: this.#over.signal });
  }
}
