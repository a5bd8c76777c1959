// Time: everybody's, and that of test clocks, whose customers live in a time of their own.

import { number } from './form.mjs';
import { invalid } from './store.mjs';
import { expire } from './checkout.mjs';
import { dues } from './subscriptions.mjs';

export function create(store, given) {
  const made = store.add({
    id: store.id('clock'),
    object: 'test_helpers.test_clock',
    created: store.now(),
    deletes_after: store.now() + 30 * 24 * 3600,
    frozen_time: number(given.frozen_time),
    livemode: false,
    name: given.name ?? null,
    status: 'ready',
    status_details: {},
  });
  store.tell('test_helpers.test_clock.created', made);
  return made;
}

export function advance(store, clock, to) {
  if (to <= clock.frozen_time) throw invalid('The new frozen_time must be later than the current one', { param: 'frozen_time' });
  store.tell('test_helpers.test_clock.advancing', { ...clock, status: 'advancing' });
  run(store, (moment) => { clock.frozen_time = moment; }, (object) => object.test_clock === clock.id, to);
  store.tell('test_helpers.test_clock.ready', clock);
  return clock;
}

export function remove(store, clock) {
  for (const customer of store.all('customer', (one) => one.test_clock === clock.id)) customer.deleted = true;
  for (const one of store.all('subscription', (other) => other.test_clock === clock.id)) store.objects.delete(one.id);
  store.objects.delete(clock.id);
  return { id: clock.id, object: clock.object, deleted: true };
}

/** Moves everybody's time. */
export function moveTo(store, to) {
  run(store, (moment) => { store.frozen = moment; }, (object) => !object.test_clock, to);
}

/** What is due until then happens in its order and at its moment. */
function run(store, set, lives, to) {
  for (let steps = 0; steps < 10_000; steps += 1) {
    const open = store.all('checkout.session', ({ status }) => status === 'open');
    const pages = lives({ test_clock: null }) ? open.map((page) => [page.expires_at, () => expire(store, page)]) : [];
    const next = [...dues(store, lives), ...pages].filter(([moment]) => moment <= to).sort(([a], [b]) => a - b)[0];
    if (!next) break;
    set(next[0]);
    next[1]();
  }
  set(to);
}
