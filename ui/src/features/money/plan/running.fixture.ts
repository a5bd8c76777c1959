import type { BillingOverview } from '@/api';

const DAY = 24 * 60 * 60 * 1000;
/** So many days from now, less a minute. */
export const at = (days: number) => new Date(Date.now() + days * DAY - 60_000).toISOString();

/** A subscription that runs. */
export const running: BillingOverview = {
  state: 'active',
  plan: 'enterprise',
  plan_name: 'Enterprise',
  interval: 'month',
  currency: 'USD',
  trial_ends_at: null,
  period: { start: at(-10), end: at(20) },
  cancel_at_period_end: false,
  next_plan: null,
  past_due_since: null,
  restricted_reason: null,
  items: [],
  next_invoice: null,
  gauges: [],
  meters: [],
  payment_method: null,
  payer: null,
  till: 'manual',
  can: {},
};
