// Which request does what.

import * as checkout from './checkout.mjs';
import * as clocks from './clocks.mjs';
import { flag, number } from './form.mjs';
import * as invoices from './invoices.mjs';
import { invalid, missing } from './store.mjs';
import * as subscriptions from './subscriptions.mjs';
import * as things from './things.mjs';

const routes = [];
const on = (method, path, work) => {
  routes.push([method, new RegExp(`^/v1/${path.replaceAll('*', '([^/]+)')}$`, 'u'), work]);
};

/** The object that a request is answered with. */
export function answer(stage, method, path, given) {
  for (const [wanted, pattern, work] of routes) {
    const found = wanted === method && pattern.exec(path);
    if (found) return work({ ...stage, given, id: found[1] });
  }
  throw missing(`${method} ${path}`, null);
}

const list = (kind, keep) => ({ store, given }) =>
  store.page(`/v1/${kind}s`, store.all(kind, (object) => keep?.(object, given) ?? true), given);
const show = ({ store, id }) => store.get(id);
const same = (name) => (object, given) => !given[name] || object[name] === given[name];
const both = (...keeps) => (object, given) => keeps.every((keep) => keep(object, given));

on('POST', 'products', ({ store, given }) => things.product(store, given));
on('GET', 'products', list('product'));
on('GET', 'products/*', show);
on('POST', 'prices', ({ store, given }) => things.price(store, given));
on('GET', 'prices', list('price', (price, given) => {
  const keys = [given.lookup_keys ?? []].flat();
  return keys.length === 0 || keys.includes(price.lookup_key);
}));
on('GET', 'prices/*', show);
on('POST', 'plans', ({ store, given }) =>
  things.price(store, { ...given, unit_amount: given.amount, recurring: { interval: given.interval }, product_data: given.product }));

on('POST', 'customers', ({ store, given }) => things.customer(store, given));
on('GET', 'customers', list('customer', same('email')));
on('GET', 'customers/*', show);
on('POST', 'customers/*', ({ store, id, given }) => things.update(store, store.get(id), given));
on('POST', 'payment_methods', ({ store, given }) => things.method(store, given));
on('GET', 'payment_methods/*', show);
on('POST', 'payment_methods/*/attach', ({ store, id, given }) => things.attach(store, id, given.customer));
on('POST', 'payment_intents', ({ store, given }) => things.pay(store, {
  amount: number(given.amount), currency: given.currency, customer: given.customer ?? null, metadata: given.metadata ?? {},
  card: flag(given.confirm) ? things.method(store, given.payment_method ?? 'pm_card_visa') : null,
}));
on('GET', 'payment_intents/*', show);
on('GET', 'charges/*', show);
on('GET', 'charges', list('charge', same('customer')));
on('POST', 'charges', ({ store, given }) => {
  const card = things.method(store, given.source ?? 'tok_visa');
  const { latest_charge: id } = things.pay(store, { amount: number(given.amount), currency: given.currency, customer: null, card });
  return store.get(id);
});
on('POST', 'refunds', ({ store, given }) => things.refund(store, given));
on('GET', 'disputes', list('dispute', both(same('payment_intent'), same('charge'))));

on('POST', 'checkout/sessions', ({ store, given, origin }) => checkout.create(store, given, origin));
on('GET', 'checkout/sessions', list('checkout.session', same('subscription')));
on('GET', 'checkout/sessions/*', show);
on('POST', 'checkout/sessions/*/expire', ({ store, id }) => checkout.expire(store, store.get(id)));
on('GET', 'payment_pages/*', show);
on('POST', 'payment_pages/*/confirm', ({ store, id, given }) => {
  const page = store.get(id);
  if (given.expected_amount !== undefined && number(given.expected_amount) !== page.amount_total) {
    throw invalid('The amount has changed', { code: 'checkout_amount_mismatch' });
  }
  return checkout.confirm(store, page, given.payment_method);
});
on('POST', 'billing_portal/sessions', ({ store, given, origin }) => checkout.portal(store, given, origin));

on('POST', 'subscriptions', ({ store, given }) => subscriptions.create(store, given));
on('GET', 'subscriptions', list('subscription', same('customer')));
on('GET', 'subscriptions/*', show);
on('POST', 'subscriptions/*', ({ store, id, given }) => subscriptions.update(store, store.get(id), given));
on('DELETE', 'subscriptions/*', ({ store, id }) => subscriptions.cancel(store, store.get(id)));
on('POST', 'subscription_items/*', ({ store, id, given }) => {
  const item = store.get(id);
  subscriptions.update(store, store.get(item.subscription), { ...given, items: [{ id, ...given }] });
  return item;
});

on('POST', 'invoiceitems', ({ store, given }) => {
  const price = things.price(store, { unit_amount: given.amount, currency: given.currency ?? 'usd', product_data: { name: 'Item' } });
  const now = store.now();
  const made = store.add({
    id: store.id('ii'), object: 'invoiceitem', amount: number(given.amount), currency: price.currency, customer: given.customer,
    date: now, description: given.description ?? null, invoice: null, price, quantity: 1,
  });
  store.tell('invoiceitem.created', made);
  return made;
});
on('POST', 'invoices', ({ store, given }) => {
  const customer = store.get(given.customer, 'customer');
  const now = store.nowOf(customer);
  const pending = store.all('invoiceitem', (one) => one.customer === customer.id && !one.invoice);
  const period = { start: now, end: now };
  const lines = pending.map((one) => invoices.line(store, {
    description: one.description ?? 'Item', amount: one.amount, quantity: 1, price: one.price, period,
  }));
  const made = invoices.draft(store, {
    customer, subscription: null, reason: 'manual', lines, period, currency: pending[0]?.currency ?? 'usd', at: now,
    metadata: given.metadata ?? {},
  });
  made.auto_advance = false;
  for (const one of pending) one.invoice = made.id;
  return made;
});
on('GET', 'invoices', list('invoice', (invoice, given) =>
  (!given.customer || invoice.customer === given.customer) &&
  (!given.status || invoice.status === given.status) &&
  (!given.subscription || invoice.parent?.subscription_details?.subscription === given.subscription)));
on('POST', 'invoices/create_preview', ({ store, given }) => subscriptions.preview(store, given));
on('GET', 'invoice_payments', list('invoice_payment', both(same('invoice'), same('status'))));
on('GET', 'invoices/*', show);
on('GET', 'invoices/*/lines', ({ store, id }) => store.get(id).lines);
on('POST', 'invoices/*/finalize', ({ store, id }) => invoices.finalize(store, store.get(id), store.nowOf(store.get(id))));
on('POST', 'invoices/*/void', ({ store, id }) => invoices.voided(store, store.get(id), store.nowOf(store.get(id))));
on('POST', 'invoices/*/pay', ({ store, id, given }) => {
  const invoice = invoices.payNow(store, store.get(id), store.nowOf(store.get(id)), given.payment_method);
  subscriptions.mended(store, invoice);
  return invoice;
});

on('GET', 'events', list('event', (event, given) =>
  (!given.type || event.type === given.type) && (!given.created?.gte || event.created >= number(given.created.gte))));
on('GET', 'events/*', show);
on('POST', 'test_helpers/test_clocks', ({ store, given }) => clocks.create(store, given));
on('GET', 'test_helpers/test_clocks', list('test_helpers.test_clock'));
on('GET', 'test_helpers/test_clocks/*', show);
on('POST', 'test_helpers/test_clocks/*/advance', ({ store, id, given }) =>
  clocks.advance(store, store.get(id), number(given.frozen_time)));
on('DELETE', 'test_helpers/test_clocks/*', ({ store, id }) => clocks.remove(store, store.get(id)));
on('GET', 'account', () => ({ id: 'acct_stage', object: 'account', type: 'standard' }));
