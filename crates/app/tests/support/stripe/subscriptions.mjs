// Subscriptions: several items on one cycle, prorated to the second, renewed, dunned, cancelled.

import { flag, merged, number } from './form.mjs';
import { collect, draft, finalize, isGivenUp, line } from './invoices.mjs';
import { declined, invalid } from './store.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The end of a period, counted from the anchor: a short month shortens no later one. */
export function after(anchor, start, interval, count = 1) {
  for (let nth = 1; ; nth += 1) {
    const end = moved(anchor, interval, nth * count);
    if (end > start) return end;
  }
}

function moved(seconds, interval, count) {
  if (interval === 'day' || interval === 'week') return seconds + count * DAY * (interval === 'week' ? 7 : 1);
  const at = new Date(seconds * 1000);
  const months = at.getUTCMonth() + (interval === 'year' ? 12 * count : count);
  const last = new Date(Date.UTC(at.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), last);
  const time = (seconds % DAY) * 1000;
  return Math.floor((Date.UTC(at.getUTCFullYear(), months, day) + time) / 1000);
}

function item(store, subscription, price, quantity, period) {
  return store.add({
    id: store.id('si'),
    object: 'subscription_item',
    billed_until: null,
    billing_thresholds: null,
    created: store.now(),
    current_period_end: period.end,
    current_period_start: period.start,
    discounts: [],
    metadata: {},
    plan: plan(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  });
}

/** The older name of a recurring price. */
const plan = (price) => ({
  id: price.id,
  object: 'plan',
  active: true,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: 'per_unit',
  created: price.created,
  currency: price.currency,
  interval: price.recurring.interval,
  interval_count: price.recurring.interval_count,
  livemode: false,
  metadata: {},
  meter: null,
  nickname: null,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: 'licensed',
});

function priceOf(store, given) {
  if (given.price) {
    const price = store.get(given.price, 'price');
    if (!price.recurring) throw invalid('The price specified is not recurring.', { param: 'items' });
    return price;
  }
  throw invalid('Missing required param: items[0][price].', { param: 'items' });
}

function count(given, fallback) {
  const quantity = number(given.quantity) ?? fallback;
  if (!Number.isInteger(quantity) || quantity < 0) throw invalid('Invalid integer', { param: 'quantity' });
  return quantity;
}

export function create(store, given) {
  const customer = store.get(given.customer, 'customer');
  const now = store.nowOf(customer);
  const prices = given.items.map((one) => priceOf(store, one));
  const trialDays = number(given.trial_period_days);
  const trialEnd = number(given.trial_end) ?? (trialDays ? now + trialDays * DAY : null);
  const id = store.id('sub');
  const { interval, interval_count: every } = prices[0].recurring;
  const anchor = trialEnd ?? now;
  const period = { start: now, end: trialEnd ?? after(anchor, now, interval, every) };
  const items = prices.map((price, at) => item(store, id, price, count(given.items[at], 1), period));
  const made = store.add({
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: prices[0].currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } },
    items: { object: 'list', data: items, has_more: false, total_count: items.length, url: '/v1/subscription_items' },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd ? 'trialing' : 'incomplete',
    test_clock: customer.test_clock,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: { end_behavior: { missing_payment_method: 'create_invoice' } },
    trial_start: trialEnd ? now : null,
  });
  Object.defineProperty(made, 'warned', { value: false, writable: true, enumerable: false });
  // Lines that the next invoice takes up.
  Object.defineProperty(made, 'waiting', { value: [], enumerable: false });
  const lines = whole(store, made, period, trialEnd !== null);
  const invoice = draft(store, {
    customer, subscription: made, reason: 'subscription_create', lines, period, currency: made.currency, at: now,
  });
  made.latest_invoice = invoice.id;
  finalize(store, invoice, now);
  if (invoice.status !== 'paid') collect(store, invoice, now);
  if (invoice.status === 'paid' && !trialEnd) made.status = 'active';
  store.tell('customer.subscription.created', made);
  if (trialEnd && trialEnd - now <= 3 * DAY) warn(store, made);
  return made;
}

function warn(store, subscription) {
  subscription.warned = true;
  store.tell('customer.subscription.trial_will_end', subscription);
}

function whole(store, subscription, period, isFree = false) {
  return subscription.items.data.map((of) =>
    line(store, {
      description: isFree ? 'Trial period' : `${of.quantity} × ${store.get(of.price.product).name}`,
      amount: isFree ? 0 : of.price.unit_amount * of.quantity,
      quantity: of.quantity, price: of.price, period, of,
    }),
  );
}

const period = (subscription) => {
  const [first] = subscription.items.data;
  return { start: first.current_period_start, end: first.current_period_end };
};

/** Items as they would be, beside those they were; nothing is changed yet. */
function wanted(store, subscription, given) {
  const running = subscription.items.data.map((of) => ({ of, price: of.price, quantity: of.quantity }));
  const all = running.map((one) => ({ ...one }));
  for (const change of given ?? []) {
    if (!change.id) {
      const price = priceOf(store, change);
      if (all.some((one) => one.price.id === price.id)) {
        throw invalid('A subscription item already exists for that price', { param: 'items' });
      }
      all.push({ of: null, price, quantity: count(change, 1) });
      continue;
    }
    const one = all.find(({ of }) => of?.id === change.id);
    if (!one) throw invalid(`No such subscription item: ${change.id}`, { code: 'resource_missing' });
    if (flag(change.deleted)) one.quantity = -1;
    else if (change.price && change.price !== one.price.id) {
      Object.assign(one, { price: priceOf(store, change), quantity: count(change, 1) });
    } else one.quantity = count(change, one.quantity);
  }
  const after = all.filter(({ quantity }) => quantity >= 0);
  if (after.length > 20) throw invalid('A subscription can have up to 20 items.', { param: 'items' });
  return { before: running, after };
}

/** To the second, each line rounded by itself: what is no longer had is given back, what comes instead is charged. */
function prorations(store, subscription, { before, after: next }, at) {
  const { start, end } = period(subscription);
  const share = subscription.status === 'trialing' ? 0 : (end - Math.min(Math.max(at, start), end)) / (end - start);
  const rest = { start: at, end };
  const lines = [];
  const add = (sign, { of, price, quantity }, words) => {
    const amount = sign * Math.round(price.unit_amount * quantity * share);
    const description = `${words} ${quantity} × ${store.get(price.product).name}`;
    const for_ = of ?? { id: store.id('si'), subscription: subscription.id };
    lines.push(line(store, { description, amount, quantity, price, period: rest, of: for_, proration: true }));
  };
  const same = (a, b) => a.of === b.of && a.price.id === b.price.id && a.quantity === b.quantity;
  for (const old of before) if (!next.some((one) => same(one, old))) add(-1, old, 'Unused time on');
  for (const one of next) if (!before.some((old) => same(old, one))) add(1, one, 'Remaining time on');
  return lines;
}

/** What a change would be invoiced, without changing anything. */
export function preview(store, given) {
  const subscription = store.get(given.subscription, 'subscription');
  const details = given.subscription_details ?? {};
  const at = number(details.proration_date) ?? store.nowOf(subscription);
  const change = wanted(store, subscription, details.items);
  const customer = store.get(subscription.customer);
  const { lines, span } = billed(store, subscription, change, at);
  return draft(store, {
    customer, subscription, reason: 'upcoming', lines, period: span, currency: subscription.currency, at, keep: false,
  });
}

/** Another interval begins a period of its own at once; the same one is prorated within it. */
function billed(store, subscription, change, at) {
  const recurring = change.after[0].price.recurring;
  const [{ price: old }] = change.before;
  if (recurring.interval === old.recurring.interval) {
    return { lines: prorations(store, subscription, change, at), span: period(subscription), isNew: false };
  }
  const span = { start: at, end: after(at, at, recurring.interval, recurring.interval_count) };
  const lines = prorations(store, subscription, { before: change.before, after: [] }, at);
  for (const { of, price, quantity } of change.after) {
    const for_ = of ?? { id: store.id('si'), subscription: subscription.id };
    const description = `${quantity} × ${store.get(price.product).name}`;
    lines.push(line(store, { description, amount: price.unit_amount * quantity, quantity, price, period: span, of: for_ }));
  }
  return { lines, span, isNew: true };
}

export function update(store, subscription, given) {
  if (['canceled', 'incomplete_expired'].includes(subscription.status)) throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  const now = store.nowOf(subscription);
  const before = structuredClone(subscription);
  if (given.items) changeItems(store, subscription, given, now);
  subscription.metadata = merged(subscription.metadata, given.metadata);
  if (given.cancel_at_period_end !== undefined) {
    subscription.cancel_at_period_end = flag(given.cancel_at_period_end);
    subscription.cancel_at = subscription.cancel_at_period_end ? period(subscription).end : null;
    subscription.canceled_at = subscription.cancel_at_period_end ? now : null;
  }
  if (given.default_payment_method) subscription.default_payment_method = given.default_payment_method;
  if (given.trial_end === 'now' && subscription.status === 'trialing') endTrial(store, subscription, now);
  if (given.pause_collection) subscription.pause_collection = given.pause_collection;
  told(store, subscription, before);
  return subscription;
}

function told(store, subscription, before) {
  const previous = {};
  for (const [name, value] of Object.entries(before)) {
    if (JSON.stringify(value) !== JSON.stringify(subscription[name])) previous[name] = value;
  }
  store.tell('customer.subscription.updated', subscription, previous);
}

function changeItems(store, subscription, given, now) {
  const at = number(given.proration_date) ?? now;
  const span = period(subscription);
  if (given.proration_date !== undefined && (at < span.start || at > span.end)) {
    throw invalid('proration_date is outside of the period', { param: 'proration_date' });
  }
  const change = wanted(store, subscription, given.items);
  if (change.after.length === 0) throw invalid('A subscription must have at least one active plan.');
  const { lines, span: next, isNew } = billed(store, subscription, change, at);
  const bills = given.proration_behavior === 'always_invoice' || isNew;
  if (bills && lines.length > 0) {
    const customer = store.get(subscription.customer);
    const total = lines.reduce((sum, { amount }) => sum + amount, 0);
    const isPaid = total + Math.min(customer.balance, 0) <= 0 || canPay(store, subscription, customer);
    if (!isPaid && given.payment_behavior === 'error_if_incomplete') throw declined('generic_decline');
    apply(store, subscription, change, next);
    invoiced(store, subscription, customer, { lines, span: next, at: now, reason: 'subscription_update' });
    return;
  }
  if (given.proration_behavior === 'create_prorations') subscription.waiting.push(...lines);
  apply(store, subscription, change, next);
}

const canPay = (store, subscription, customer) => {
  const id = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return id !== null && store.get(id).behaviour === 'pays';
};

function apply(store, subscription, { after: next }, span) {
  subscription.items.data = next.map(({ of, price, quantity }) => {
    if (!of) return item(store, subscription.id, price, quantity, span);
    Object.assign(of, { price, plan: plan(price), quantity, current_period_start: span.start, current_period_end: span.end });
    return of;
  });
  subscription.items.total_count = next.length;
  if (span.start > subscription.billing_cycle_anchor && span.start === store.nowOf(subscription)) {
    subscription.billing_cycle_anchor = span.start;
  }
}

function invoiced(store, subscription, customer, { lines, span, at, reason }) {
  const invoice = draft(store, { customer, subscription, reason, lines, period: span, currency: subscription.currency, at });
  subscription.latest_invoice = invoice.id;
  finalize(store, invoice, at);
  if (invoice.status !== 'paid' && !collect(store, invoice, at)) subscription.status = 'past_due';
  return invoice;
}

export function cancel(store, subscription, now = store.nowOf(subscription), reason = 'cancellation_requested') {
  if (subscription.status === 'canceled') throw invalid('No such subscription', { code: 'resource_missing' });
  Object.assign(subscription, { status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now });
  subscription.cancellation_details.reason = reason;
  for (const invoice of store.all('invoice', (one) => one.parent?.subscription_details?.subscription === subscription.id)) {
    if (invoice.status === 'draft') invoice.auto_advance = false;
    if (invoice.status === 'open') invoice.next_payment_attempt = null;
  }
  store.tell('customer.subscription.deleted', subscription);
  return subscription;
}

export function pause(store, subscription) {
  subscription.status = 'paused';
  store.tell('customer.subscription.paused', subscription);
}

function endTrial(store, subscription, at) {
  subscription.trial_end = Math.min(subscription.trial_end, at);
  subscription.status = 'active';
  renew(store, subscription, at);
}

/** A new period: its invoice is a draft for an hour, as Stripe's are. */
function renew(store, subscription, at) {
  const { interval, interval_count: every } = subscription.items.data[0].price.recurring;
  const span = { start: at, end: after(subscription.billing_cycle_anchor, at, interval, every) };
  for (const of of subscription.items.data) {
    of.current_period_start = span.start;
    of.current_period_end = span.end;
  }
  const customer = store.get(subscription.customer);
  const lines = [...subscription.waiting.splice(0), ...whole(store, subscription, span)];
  const invoice = draft(store, { customer, subscription, reason: 'subscription_cycle', lines, period: span, currency: subscription.currency, at });
  subscription.latest_invoice = invoice.id;
}

/** What the clock does next with a subscription or one of its invoices: `[moment, what]`, or nothing. */
export function dues(store, lives) {
  const all = [];
  for (const subscription of store.all('subscription', lives)) {
    const { end } = period(subscription);
    const change = (work) => () => {
      const before = structuredClone(subscription);
      if (work() !== false) told(store, subscription, before);
    };
    if (subscription.status === 'incomplete') {
      all.push([subscription.created + 23 * HOUR, change(() => { subscription.status = 'incomplete_expired'; })]);
    } else if (subscription.status === 'trialing') {
      if (!subscription.warned) all.push([subscription.trial_end - 3 * DAY, () => warn(store, subscription)]);
      all.push([subscription.trial_end, change(() => endTrial(store, subscription, subscription.trial_end))]);
    } else if (['active', 'past_due'].includes(subscription.status)) {
      if (subscription.cancel_at_period_end) all.push([end, () => cancel(store, subscription, end)]);
      else all.push([end, change(() => renew(store, subscription, end))]);
    }
  }
  for (const invoice of store.all('invoice', (one) => one.auto_advance && lives(one))) {
    if (invoice.status === 'draft' && invoice.automatically_finalizes_at) {
      all.push([invoice.automatically_finalizes_at, () => attempt(store, invoice, invoice.automatically_finalizes_at)]);
    } else if (invoice.status === 'open' && invoice.next_payment_attempt && invoice.billing_reason === 'subscription_cycle') {
      all.push([invoice.next_payment_attempt, () => attempt(store, invoice, invoice.next_payment_attempt)]);
    }
  }
  return all;
}

function attempt(store, invoice, at) {
  if (invoice.status === 'draft') finalize(store, invoice, at);
  const subscription = store.get(invoice.parent.subscription_details.subscription);
  const before = structuredClone(subscription);
  const paid = collect(store, invoice, at);
  const status = paid ? 'active' : 'past_due';
  if (!paid && isGivenUp(invoice)) {
    cancel(store, subscription, at, 'payment_failed');
  } else if (subscription.status !== status && subscription.status !== 'canceled') {
    subscription.status = status;
    told(store, subscription, before);
  }
}

/** An open invoice that is paid later mends what was past due. */
export function mended(store, invoice) {
  const id = invoice.parent?.subscription_details?.subscription;
  const subscription = id && store.get(id);
  if (!subscription || !['past_due', 'incomplete', 'unpaid'].includes(subscription.status)) return;
  const before = structuredClone(subscription);
  subscription.status = 'active';
  told(store, subscription, before);
}
