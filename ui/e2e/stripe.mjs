// The stand-in for Stripe, beside a program that takes its money there; people pay on its pages.
import { start } from '../../crates/app/tests/support/stripe/server.mjs';

const secret = 'whsec_story';

/** What a program is told to take its money there, and the stand-in itself. */
export async function stripe(story) {
  const { origin, hooks, store, stop } = await start();
  story.after(stop);
  const settings = {
    '--stripe-key': 'sk_test_story',
    '--stripe-webhook-secret': secret,
    '--stripe-url': `${origin}/`,
  };
  return { settings, till: new Till(hooks, store) };
}

class Till {
  #hooks;
  #store;

  constructor(hooks, store) {
    this.#hooks = hooks;
    this.#store = store;
  }

  /** Tells a program what happens, from now on. */
  tell({ origin }) {
    this.#hooks.endpoints = [{ url: `${origin}/hooks/stripe`, secrets: [secret] }];
  }

  /** Says nothing until it is let go. */
  hold() {
    this.#hooks.held = true;
  }

  /** Tells everything that happened meanwhile, and goes on. */
  async letGo() {
    this.#hooks.held = false;
    for (const { id } of this.#store.all('event')) await this.#hooks.deliver(id);
  }
}
