// Invoices: what stands in them, and what becomes of them: draft, open, paid, or given up.

import { declined, invalid } from './store.mjs';
import { pay } from './things.mjs';

const HOUR = 3600;
/** Days after a failed payment at which it is tried again; after the last one the subscription is cancelled. */
const RETRY_DAYS = [3, 5, 7];

/** One line. `of` names what it is for: an item of a subscription, or nothing. */
export function line(store, { description, amount, quantity, price, period, of, proration = false, invoice }) {
  const details = { invoice_item: null, proration, proration_details: { credited_items: null } };
  const parent = of
    ? {
        invoice_item_details: null,
        subscription_item_details: { ...details, subscription: of.subscription, subscription_item: of.id },
        type: 'subscription_item_details',
      }
    : {
        invoice_item_details: { ...details, invoice_item: store.id('ii'), subscription: null },
        subscription_item_details: null,
        type: 'invoice_item_details',
      };
  return {
    id: store.id('il'),
    object: 'line_item',
    amount,
    currency: price?.currency ?? invoice?.currency ?? 'usd',
    description,
    discount_amounts: [],
    discountable: !proration,
    discounts: [],
    invoice: invoice?.id ?? null,
    livemode: false,
    metadata: {},
    parent,
    period,
    pretax_credit_amounts: [],
    pricing: price && {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: String(price.unit_amount),
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: of?.subscription ?? null,
    subtotal: amount,
    taxes: [],
  };
}

/** A draft. What it comes to is computed from its lines. */
export function draft(store, { customer, subscription, reason, lines, period, currency, metadata = {}, at, keep = true }) {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const made = {
    id: keep ? store.id('in') : store.id('upcoming_in'),
    object: 'invoice',
    account_country: 'US',
    account_name: null,
    account_tax_ids: null,
    amount_due: Math.max(total, 0),
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: Math.max(total, 0),
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: at + HOUR,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: at,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: lines, has_more: false, total_count: lines.length, url: '/v1/invoices/lines' },
    livemode: false,
    metadata,
    next_payment_attempt: at + HOUR,
    number: null,
    on_behalf_of: null,
    parent: subscription && {
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: customer.test_clock,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  for (const one of lines) one.invoice = made.id;
  if (!keep) return made;
  store.add(made);
  store.tell('invoice.created', made);
  return made;
}

export function finalize(store, invoice, at) {
  if (invoice.status !== 'draft') throw invalid('This invoice is already finalized');
  const customer = store.get(invoice.customer);
  invoice.status = 'open';
  invoice.automatically_finalizes_at = null;
  invoice.status_transitions.finalized_at = at;
  invoice.effective_at = at;
  invoice.number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  invoice.hosted_invoice_url = `https://invoice.stripe.com/i/${invoice.id}`;
  customer.next_invoice_sequence += 1;
  // What is owed to the customer is used first; what an invoice gives back is owed from then on.
  invoice.starting_balance = customer.balance;
  const used = invoice.total > 0 ? Math.min(-Math.min(customer.balance, 0), invoice.total) : invoice.total;
  customer.balance += used;
  invoice.ending_balance = customer.balance;
  invoice.amount_due = Math.max(invoice.total - Math.max(used, 0), 0);
  invoice.amount_remaining = invoice.amount_due;
  store.tell('invoice.finalized', invoice);
  if (invoice.amount_due === 0) settled(store, invoice, at);
  return invoice;
}

function settled(store, invoice, at) {
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = at;
  store.tell('invoice.paid', invoice);
  store.tell('invoice.payment_succeeded', invoice);
}

export function cardOf(store, invoice) {
  const customer = store.get(invoice.customer);
  const of = invoice.parent?.subscription_details?.subscription;
  const id = (of && store.get(of).default_payment_method) ?? customer.invoice_settings.default_payment_method;
  return id ? store.get(id) : null;
}

/** Tries to collect an open invoice; whether it is paid then. */
export function collect(store, invoice, at, card = cardOf(store, invoice)) {
  if (invoice.status === 'paid') return true;
  const intent = pay(store, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    card,
    metadata: { ...invoice.metadata },
  });
  invoice.attempt_count += 1;
  invoice.attempted = true;
  if (intent.status === 'succeeded') {
    paidBy(store, invoice, intent, at);
    settled(store, invoice, at);
    return true;
  }
  const days = RETRY_DAYS[invoice.attempt_count - 1];
  const renews = invoice.billing_reason === 'subscription_cycle';
  invoice.next_payment_attempt = renews && days ? at + days * 24 * HOUR : null;
  store.tell('invoice.payment_failed', invoice);
  if (intent.status === 'requires_action') store.tell('invoice.payment_action_required', invoice);
  return false;
}

/** An invoice does not name its payment: this object between the two does. */
export function paidBy(store, invoice, intent, at) {
  store.add({
    id: store.id('inpay'),
    object: 'invoice_payment',
    amount_paid: intent.amount,
    amount_requested: intent.amount,
    created: at,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: at },
  });
}

/** Whether its last try failed. */
export const isGivenUp = (invoice) => invoice.attempt_count > RETRY_DAYS.length;

/** Pays by the customer's card, or by another. */
export function payNow(store, invoice, at, method) {
  if (invoice.status === 'draft') finalize(store, invoice, at);
  if (!collect(store, invoice, at, method ? store.get(method) : undefined)) throw declined('generic_decline');
  return invoice;
}

export function voided(store, invoice, at) {
  if (invoice.status !== 'open') throw invalid('Only an open invoice can be voided');
  invoice.status = 'void';
  invoice.next_payment_attempt = null;
  invoice.status_transitions.voided_at = at;
  store.tell('invoice.voided', invoice);
  return invoice;
}
