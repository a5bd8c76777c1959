import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { BillingOverview, CreditsView } from '@/api';
import { show, stand } from '../around.fixture';
import { at, running } from '../plan/running.fixture';
import MoneyBanners from './MoneyBanners';

const place = vi.hoisted(() => ({ path: '/w/w/inbox/all' }));
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  ...(await import('../router.fixture')).routerAt(() => place.path),
}));
afterEach(() => {
  cleanup();
  place.path = '/w/w/inbox/all';
});

/** What the banners say, and where each leads. */
function banners(
  how: Partial<BillingOverview>,
  more: { credits?: Partial<CreditsView>; state?: string } = {},
) {
  stand({ state: more.state ?? 'active', billing: { ...running, ...how }, credits: more.credits });
  show(<MoneyBanners />, {
    may: ['billing.view', 'billing.manage', 'billing.purchase_addons', 'credit.view_balance'],
  });
  return screen.queryAllByRole('region').map((banner) => {
    const link = banner.querySelector('a');
    return [banner.textContent, link?.getAttribute('href')?.replace('/w/w/settings/', '')];
  });
}

it('says nothing while all is well', () => {
  expect(banners({})).toEqual([]);
});

it('leads from an overdue payment to where it is paid', () => {
  const due = { state: 'past_due', past_due_since: at(-1) } as const;
  expect(banners(due)).toEqual([[expect.stringMatching(/^An invoice is overdue\. Pay it, or/), 'invoices']]);
  cleanup();
  expect(banners({ ...due, till: 'stripe' })).toEqual([
    [expect.stringMatching(/^A payment failed\. Renew the payment method, or/), 'plan'],
  ]);
});

it('says what is over, and what becomes of it', () => {
  const gauge = (meter: string, over: boolean) =>
    ({ meter, used: 7, cap: 5, over_since: over ? at(-1) : null }) as const;
  const gauges = [gauge('full_seats', true), gauge('businesses', true), gauge('collaborator_seats', false)];
  const [[said, to] = []] = banners({ gauges });
  expect(said).toMatch(/than the plan has: full seats and businesses\..*who joined last rests/);
  expect(to).toBe('plan');
});

it('counts the last days of a trial, and is silent once a plan is chosen', () => {
  const trial = { state: 'trialing', trial_ends_at: at(3) } as const;
  expect(banners(trial)).toEqual([
    [expect.stringMatching(/^The trial ends in 3 days\. Without a plan/), 'plan'],
  ]);
  cleanup();
  expect(banners({ ...trial, trial_ends_at: at(12) })).toEqual([]);
  cleanup();
  const next = { plan: 'growth', name: 'Growth', interval: 'month' } as const;
  expect(banners({ ...trial, next_plan: next })).toEqual([]);
});

it('warns of few credits, and leads to more of them', () => {
  const [[said, to] = []] = banners({}, { credits: { available: 12, low: 20 } });
  expect(said).toMatch(/^Few credits are left: 12\..*Buy credits$/);
  expect(to).toBe('credits');
});

it('tells a newcomer on every page what it begins with', () => {
  const isNew = { state: 'restricted', restricted_reason: 'never_paid' } as const;
  place.path = '/w/w/settings/members';
  expect(banners(isNew, { state: 'restricted' })).toEqual([
    [expect.stringMatching(/^This workspace begins once a plan is paid\..*Choose a plan$/), 'plan'],
  ]);
});

it('is not said twice: not on the page that it leads to, nor where the whole screen says it', () => {
  place.path = '/w/w/settings/plan';
  const restricted = { state: 'restricted', restricted_reason: 'trial_over' } as const;
  expect(banners(restricted, { state: 'restricted' })).toEqual([]);
  cleanup();
  place.path = '/w/w/inbox/all';
  expect(banners(restricted, { state: 'restricted' })).toEqual([]);
  cleanup();
  place.path = '/w/w/settings/members';
  expect(banners(restricted, { state: 'restricted' })).toEqual([
    [expect.stringMatching(/^This workspace is restricted\..*Choose a plan/), 'plan'],
  ]);
});
