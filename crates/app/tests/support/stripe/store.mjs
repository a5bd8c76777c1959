// What there is: objects by id, the clocks they live by, and the faults Stripe answers with.

import { randomBytes } from 'node:crypto';

/** A refusal as Stripe words it. */
export class Fault extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export const invalid = (message, more = {}) => new Fault(400, { type: 'invalid_request_error', message, ...more });
export const missing = (id, param = 'id') =>
  new Fault(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: '${id}'`, param });
export const declined = (code, more = {}) =>
  new Fault(402, { type: 'card_error', code: 'card_declined', decline_code: code, message: 'Your card was declined.', ...more });

export class Store {
  constructor(now) {
    this.objects = new Map();
    /** Seconds; null follows the machine's clock. */
    this.frozen = now;
    this.count = 0;
    this.listeners = [];
  }

  now() {
    return this.frozen ?? Math.floor(Date.now() / 1000);
  }

  /** The moment an object lives in: that of its test clock, else everybody's. */
  nowOf(object) {
    const clock = object?.test_clock ?? (object?.customer && this.objects.get(object.customer)?.test_clock);
    return clock ? this.get(clock).frozen_time : this.now();
  }

  id(prefix) {
    return `${prefix}_${randomBytes(12).toString('hex')}`;
  }

  add(object) {
    this.count += 1;
    Object.defineProperty(object, 'seq', { value: this.count, enumerable: false });
    this.objects.set(object.id, object);
    return object;
  }

  get(id, param) {
    const object = this.objects.get(id);
    if (!object) throw missing(id, param);
    return object;
  }

  all(kind, keep = () => true) {
    return [...this.objects.values()].filter((object) => object.object === kind && !object.deleted && keep(object));
  }

  /** A page of a list, newest first, as every list of Stripe's is. */
  page(url, objects, query) {
    const limit = Math.min(Math.max(Number(query.limit ?? 10), 1), 100);
    let rest = objects.sort((a, b) => b.seq - a.seq);
    if (query.starting_after) rest = rest.slice(rest.findIndex(({ id }) => id === query.starting_after) + 1);
    return { object: 'list', url, has_more: rest.length > limit, data: rest.slice(0, limit) };
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  /** Tells what happened; the object is told as it is at this moment. */
  tell(type, object, previous) {
    const event = this.add({
      id: this.id('evt'),
      object: 'event',
      account: null,
      api_version: '2026-10-28.endive',
      context: null,
      created: this.now(),
      data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    });
    for (const listener of this.listeners) listener(event);
    return event;
  }
}

/** A copy with the ids replaced that were asked to be whole objects. */
export function expand(store, object, paths = []) {
  const deep = paths.find((path) => path.split('.').length > 4);
  if (deep) {
    const message = `You cannot expand more than 4 levels of a property. Property: ${deep}`;
    throw invalid(message, { code: 'property_expansion_max_depth' });
  }
  const copy = structuredClone(object);
  for (const path of paths) put(store, copy, path.split('.'));
  return copy;
}

function put(store, object, [name, ...rest]) {
  if (Array.isArray(object)) {
    for (const one of object) put(store, one, [name, ...rest]);
    return;
  }
  if (!object || typeof object !== 'object' || !(name in object)) return;
  if (typeof object[name] === 'string' && store.objects.has(object[name])) {
    object[name] = structuredClone(store.objects.get(object[name]));
  }
  if (rest.length > 0) put(store, object[name], rest);
}
