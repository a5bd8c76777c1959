import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { BillingOverview } from '@/api';
import { at, running } from './running.fixture';
import { Standing } from './Standing';

afterEach(cleanup);

const said = (how: Partial<BillingOverview>, isInvoiced = false) =>
  render(
    <I18nProvider i18n={i18n}>
      <Standing billing={{ ...running, ...how }} isInvoiced={isInvoiced} />
    </I18nProvider>,
  ).container.textContent;

it('says where the subscription is, and what helps', () => {
  expect(said({})).toMatch(/^You are on Enterprise.*goes on by itself\.$/);
  expect(said({ till: 'none' })).toMatch(/managed by your operator/);
  expect(said({ cancel_at_period_end: true })).toMatch(
    /^Cancelled.*Then only billing and export are left\.$/,
  );
  expect(said({ state: 'past_due', past_due_since: at(-2) })).toMatch(
    /^A payment failed.*Pay the open invoice/,
  );
  expect(said({ state: 'past_due', till: 'stripe' })).toMatch(/Renew the payment method below/);
});

it('counts the days of a trial, and says what comes after it', () => {
  const trial = { state: 'trialing', trial_ends_at: at(3) } as const;
  expect(said(trial)).toMatch(/^You are trying Enterprise3 days left\. .*Choose a plan before/);
  expect(said({ ...trial, till: 'none' })).toMatch(/Ask your operator for a plan before/);
  const next = { plan: 'growth', name: 'Growth', interval: 'month' } as const;
  expect(said({ ...trial, next_plan: next })).toMatch(/Then Growth begins\.$/);
});

it('says why a workspace is restricted, and who opens it again', () => {
  const restricted = { state: 'restricted', restricted_reason: 'trial_over' } as const;
  expect(said(restricted)).toMatch(/The trial is over\..*Choose a plan below/);
  const unpaid = { ...restricted, restricted_reason: 'unpaid' } as const;
  expect(said(unpaid)).toMatch(/An invoice was not paid in time\..*Pay the open invoice/);
  expect(said({ ...unpaid, till: 'stripe' })).toMatch(/Renew the payment method below/);
  const isNew = { ...restricted, restricted_reason: 'never_paid' } as const;
  expect(said(isNew)).toMatch(/^Choose a plan and pay it to begin.*what customers write is kept\.$/);
  // What is ordered waits to be paid, not to be chosen.
  expect(said(restricted, true)).toMatch(/The trial is over\..*Pay the open invoice/);
  expect(said(isNew, true)).toMatch(/^Pay the open invoice to begin/);
  expect(said({ ...restricted, till: 'none' })).toMatch(/Your operator opens it again\.$/);
});
