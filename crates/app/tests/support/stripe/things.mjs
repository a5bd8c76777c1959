// Products, prices, customers, cards, and the money that moves: what everything else is made of.

import { merged, number } from './form.mjs';
import { declined, invalid } from './store.mjs';

/** How a card behaves, by the names of Stripe's own test cards. */
const CARDS = {
  pm_card_visa: ['4242', 'pays'],
  pm_card_mastercard: ['4444', 'pays'],
  pm_card_chargeCustomerFail: ['0341', 'fails'],
  pm_card_chargeDeclined: ['0002', 'refused'],
  pm_card_authenticationRequired: ['3184', 'asks'],
  pm_card_threeDSecure2Required: ['3220', 'asks'],
  tok_visa: ['4242', 'pays'],
  tok_chargeCustomerFail: ['0341', 'fails'],
};

export function product(store, given) {
  const made = store.add({
    id: given.id ?? store.id('prod'),
    object: 'product',
    active: true,
    created: store.now(),
    default_price: null,
    description: given.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: given.metadata ?? {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    type: 'service',
    unit_label: null,
    updated: store.now(),
    url: null,
  });
  store.tell('product.created', made);
  return made;
}

export function price(store, given) {
  const amount = number(given.unit_amount);
  if (!given.currency || amount === null || amount < 0 || !Number.isInteger(amount)) throw invalid('Invalid price');
  const { lookup_key: key } = given;
  if (key && store.all('price', (other) => other.lookup_key === key).length > 0) {
    throw invalid(`A price (\`${key}\`) already uses that lookup key.`, { param: 'lookup_key' });
  }
  const of = given.product ?? product(store, { ...given.product_data }).id;
  const recurring = given.recurring && {
    interval: given.recurring.interval,
    interval_count: number(given.recurring.interval_count) ?? 1,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
  const made = store.add({
    id: store.id('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: store.now(),
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: key ?? null,
    metadata: given.metadata ?? {},
    nickname: null,
    product: of,
    recurring: recurring ?? null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  });
  store.tell('price.created', made);
  return made;
}

export function customer(store, given) {
  const made = store.add({
    id: store.id('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: given.test_clock ? store.get(given.test_clock).frozen_time : store.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: store.id('x').slice(2, 10).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: given.test_clock ?? null,
  });
  store.tell('customer.created', made);
  if (given.payment_method) attach(store, given.payment_method, made.id);
  return update(store, made, given, true);
}

export function update(store, made, given, isNew = false) {
  const method = given.invoice_settings?.default_payment_method;
  if (method) made.invoice_settings.default_payment_method = find(store, method, made.id).id;
  for (const name of ['email', 'name', 'description']) if (given[name]) made[name] = given[name];
  made.metadata = merged(made.metadata, given.metadata);
  if (!isNew) store.tell('customer.updated', made);
  return made;
}

/** A card by a name of Stripe's test cards, or a fresh one by a token. */
export function method(store, given) {
  const name = typeof given === 'string' ? given : (given.card?.token ?? 'pm_card_visa');
  const [last4, behaviour] = CARDS[name] ?? CARDS.pm_card_visa;
  const made = store.add({
    id: store.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: { brand: 'visa', country: 'US', exp_month: 12, exp_year: 2034, funding: 'credit', last4 },
    created: store.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  });
  Object.defineProperty(made, 'behaviour', { value: behaviour, enumerable: false });
  return made;
}

function find(store, id, customerId) {
  return CARDS[id] ? attach(store, id, customerId) : store.get(id);
}

export function attach(store, id, customerId) {
  const card = CARDS[id] ? method(store, id) : store.get(id);
  if (card.behaviour === 'refused') throw declined('generic_decline');
  card.customer = customerId;
  store.tell('payment_method.attached', card);
  return card;
}

/** Charges a card; what came of it stands in the payment that is returned. */
export function pay(store, { amount, currency, customer: customerId, card, metadata = {}, description = null }) {
  const outcome = card?.behaviour ?? 'none';
  const status = { pays: 'succeeded', asks: 'requires_action' }[outcome] ?? 'requires_payment_method';
  const intent = store.add({
    id: store.id('pi'),
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_received: status === 'succeeded' ? amount : 0,
    capture_method: 'automatic',
    client_secret: store.id('secret'),
    confirmation_method: 'automatic',
    created: store.now(),
    currency,
    customer: customerId,
    description,
    latest_charge: null,
    livemode: false,
    metadata,
    payment_method: card?.id ?? null,
    payment_method_types: ['card'],
    status,
  });
  if (status !== 'requires_action') {
    intent.latest_charge = charge(store, intent, status === 'succeeded').id;
    store.tell(status === 'succeeded' ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', intent);
  }
  return intent;
}

function charge(store, intent, paid) {
  const made = store.add({
    id: store.id('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    captured: paid,
    created: store.now(),
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    failure_code: paid ? null : 'card_declined',
    failure_message: paid ? null : 'Your card was declined.',
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    paid,
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    refunded: false,
    status: paid ? 'succeeded' : 'failed',
  });
  store.tell(paid ? 'charge.succeeded' : 'charge.failed', made);
  return made;
}

export function refund(store, given) {
  const intent = given.payment_intent ? store.get(given.payment_intent) : null;
  const paid = store.get(given.charge ?? intent.latest_charge);
  const rest = paid.amount - paid.amount_refunded;
  const amount = number(given.amount) ?? rest;
  if (rest === 0) throw invalid('Charge has already been refunded.', { code: 'charge_already_refunded' });
  if (amount <= 0 || amount > rest) throw invalid('Refund amount is greater than what is left', { param: 'amount' });
  paid.amount_refunded += amount;
  paid.refunded = paid.amount_refunded === paid.amount;
  const made = store.add({
    id: store.id('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: paid.id,
    created: store.now(),
    currency: paid.currency,
    metadata: given.metadata ?? {},
    payment_intent: paid.payment_intent,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  });
  store.tell('refund.created', made);
  store.tell('charge.refunded', paid);
  return made;
}

/** A bank takes the money back, or gives it up. */
export function dispute(store, chargeId, status) {
  const paid = store.get(chargeId);
  const known = store.all('dispute', (one) => one.charge === chargeId)[0];
  paid.disputed = true;
  if (known) {
    known.status = status;
    store.tell('charge.dispute.closed', known);
    return known;
  }
  const made = store.add({
    id: store.id('dp'),
    object: 'dispute',
    amount: paid.amount - paid.amount_refunded,
    balance_transactions: [],
    charge: paid.id,
    created: store.now(),
    currency: paid.currency,
    evidence: {},
    evidence_details: { due_by: null, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: paid.payment_intent,
    reason: 'general',
    status,
  });
  store.tell('charge.dispute.created', made);
  return made;
}

