// Signed webhooks: at once and in order, or held back until somebody says which goes out, in which order and how often.

import { createHmac } from 'node:crypto';

export class Hooks {
  constructor(store) {
    this.store = store;
    this.endpoints = [];
    this.held = false;
    this.chain = Promise.resolve();
    this.failed = [];
    store.listen((event) => {
      if (!this.held) this.send(event.id);
    });
  }

  /** One after the other; whoever waits for the promise knows the answers of its endpoints. */
  send(id) {
    this.chain = this.chain.then(() => this.deliver(id)).catch(() => {});
    return this.chain;
  }

  async deliver(id) {
    const event = this.store.get(id);
    for (const { url, secrets } of this.endpoints) {
      const body = JSON.stringify(event, null, 2);
      const headers = { 'content-type': 'application/json', 'stripe-signature': sign(body, secrets, this.store.now()) };
      try {
        const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
        if (!answer.ok) this.failed.push(id);
      } catch {
        this.failed.push(id);
      }
    }
  }
}

export function sign(body, secrets, at) {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'));
  return [`t=${at}`, ...signatures.map((signature) => `v1=${signature}`)].join(',');
}
