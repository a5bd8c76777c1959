// Hosted checkout, and the portal for cards.

import { number } from './form.mjs';
import { draft, finalize, line, paidBy } from './invoices.mjs';
import { declined, invalid } from './store.mjs';
import * as subscriptions from './subscriptions.mjs';
import { attach, customer as makeCustomer, method, pay, price as makePrice } from './things.mjs';

const DAY = 24 * 3600;

export function create(store, given, origin) {
  const mode = given.mode ?? 'payment';
  const lines = (given.line_items ?? []).map((one) => {
    const price = one.price ? store.get(one.price, 'line_items') : makePrice(store, one.price_data);
    const quantity = number(one.quantity) ?? 1;
    if (!Number.isInteger(quantity) || quantity < 1) throw invalid('Invalid integer', { param: 'line_items[0][quantity]' });
    return { price, quantity };
  });
  if (lines.length === 0) throw invalid('Missing required param: line_items.', { param: 'line_items' });
  if (mode === 'subscription' && !lines.some(({ price }) => price.recurring)) {
    throw invalid('You must provide at least one recurring price in `subscription` mode.');
  }
  if (mode === 'payment' && lines.some(({ price }) => price.recurring)) {
    throw invalid('You specified `payment` mode but passed a recurring price.');
  }
  const now = store.now();
  const expires = number(given.expires_at) ?? now + DAY;
  if (expires < now + 30 * 60 || expires > now + DAY) {
    throw invalid('The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from now.', { param: 'expires_at' });
  }
  const total = lines.reduce((sum, { price, quantity }) => sum + price.unit_amount * quantity, 0);
  if (mode === 'payment' && total < 50) {
    throw invalid('The Checkout Session\'s total amount due must add up to at least $0.50 usd', { code: 'amount_too_small' });
  }
  const id = store.id('cs_test');
  const made = store.add({
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    amount_subtotal: total,
    amount_total: given.subscription_data?.trial_end ? 0 : total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: lines[0].price.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation: given.customer ? null : (given.customer_creation ?? (mode === 'subscription' ? 'always' : 'if_required')),
    customer_details: null,
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: expires,
    integration_identifier: null,
    invoice: null,
    invoice_creation: mode === 'payment' ? { enabled: given.invoice_creation?.enabled === 'true', invoice_data: {} } : null,
    livemode: false,
    locale: null,
    metadata: given.metadata ?? {},
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'always',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: given.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted',
    url: `${origin}/c/pay/${id}`,
    wallet_options: null,
  });
  Object.defineProperty(made, 'order', { value: { lines, given }, enumerable: false });
  return made;
}

export function expire(store, session) {
  if (session.status !== 'open') {
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This Session has a status of ${session.status}`);
  }
  session.status = 'expired';
  session.url = null;
  store.tell('checkout.session.expired', session);
  return session;
}

/** The customer pays. A card that is refused leaves the page open, as it was. */
export function confirm(store, session, cardId, slow = false) {
  if (session.status !== 'open') throw invalid('This Checkout Session is no longer active');
  const { lines, given } = session.order;
  const card = store.objects.get(cardId) ?? method(store, cardId);
  if (card.behaviour !== 'pays') throw declined('generic_decline');
  const needs = session.mode === 'subscription' || session.customer_creation === 'always';
  if (!session.customer && needs) session.customer = makeCustomer(store, { email: session.customer_email ?? undefined }).id;
  if (session.customer) {
    attach(store, card.id, session.customer);
  }
  session.status = 'complete';
  session.url = null;
  session.customer_details = {
    address: null, business_name: null, email: session.customer_email, individual_name: null, name: null, phone: null,
    tax_exempt: 'none', tax_ids: [],
  };
  if (session.mode === 'subscription') subscribe(store, session, lines, given.subscription_data ?? {}, card);
  else if (slow) session.payment_status = 'unpaid';
  else charge(store, session, lines, given, card);
  store.tell('checkout.session.completed', session);
  return session;
}

function subscribe(store, session, lines, given, card) {
  const subscription = subscriptions.create(store, {
    customer: session.customer,
    items: lines.map(({ price, quantity }) => ({ price: price.id, quantity: String(quantity) })),
    metadata: { ...given.metadata },
    trial_end: given.trial_end,
    trial_period_days: given.trial_period_days,
    default_payment_method: card.id,
  });
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  session.payment_status = subscription.status === 'trialing' ? 'no_payment_required' : 'paid';
}

function charge(store, session, lines, given, card) {
  const intent = pay(store, {
    amount: session.amount_total, currency: session.currency, customer: session.customer, card,
    metadata: { ...given.payment_intent_data?.metadata },
  });
  session.payment_intent = intent.id;
  session.payment_status = 'paid';
  if (!session.invoice_creation.enabled || !session.customer) return;
  const now = store.now();
  const invoice = draft(store, {
    customer: store.get(session.customer),
    subscription: null,
    reason: 'manual',
    lines: lines.map(({ price, quantity }) =>
      line(store, {
        description: store.get(price.product).name, amount: price.unit_amount * quantity, quantity, price,
        period: { start: now, end: now },
      }),
    ),
    period: { start: now, end: now },
    currency: session.currency,
    metadata: { ...given.invoice_creation?.invoice_data?.metadata },
    at: now,
  });
  finalize(store, invoice, now);
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, attempted: true, auto_advance: false });
  invoice.status_transitions.paid_at = now;
  session.invoice = invoice.id;
  paidBy(store, invoice, intent, now);
  store.tell('invoice.paid', invoice);
}

/** A payment that took its time (a bank debit) came, or did not. */
export function arrived(store, session, ok) {
  const { lines, given } = session.order;
  if (ok) charge(store, session, lines, given, method(store, 'pm_card_visa'));
  store.tell(`checkout.session.async_payment_${ok ? 'succeeded' : 'failed'}`, session);
  return session;
}

/**
 * The page as people see it: what is bought, and one button for a card that pays and one for a card that does not; and
 * why it was not paid, where it was tried.
 */
export function page(store, session, trouble = '') {
  const { lines } = session.order;
  const money = (amount) => `${(amount / 100).toFixed(2)} ${session.currency.toUpperCase()}`;
  const rows = lines
    .map(({ price, quantity }) => `<li>${quantity} × ${escaped(store.get(price.product).name)}: ${money(price.unit_amount * quantity)}</li>`)
    .join('');
  const button = (card, words) =>
    `<form method="post" action="/c/pay/${session.id}"><button name="card" value="${card}">${words}</button></form>`;
  return `<!doctype html><html lang="en"><title>Checkout</title><h1>Pay ${money(session.amount_total)}</h1><ul>${rows}</ul>
<p role="alert">${escaped(trouble)}</p>
${button('pm_card_visa', 'Pay')}${button('pm_card_chargeDeclined', 'Pay with a card that is declined')}
<p><a href="${escaped(session.cancel_url ?? '')}">Back</a></p></html>`;
}

const escaped = (text) => text.replace(/[&<>"']/gu, (letter) => `&#${letter.codePointAt(0)};`);

/** Where cards are changed, and the way back. */
export function portalPage(session) {
  return `<!doctype html><html lang="en"><title>Portal</title><h1>Payment methods</h1>
<p><a href="${escaped(session.return_url ?? '')}">Back</a></p></html>`;
}

export function portal(store, given, origin) {
  store.get(given.customer, 'customer');
  const made = store.add({
    id: store.id('bps'),
    object: 'billing_portal.session',
    configuration: 'bpc_default',
    created: store.now(),
    customer: given.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: given.return_url ?? null,
    url: '',
  });
  made.url = `${origin}/p/session/${made.id}`;
  store.tell('billing_portal.session.created', made);
  return made;
}
