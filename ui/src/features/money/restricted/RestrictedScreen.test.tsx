import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { show, stand } from '../around.fixture';
import { running } from '../plan/running.fixture';
import RestrictedScreen from './RestrictedScreen';

vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  ...(await import('../router.fixture')).routerAt(() => '/w/w/inbox/all'),
}));
afterEach(cleanup);

const restricted = { ...running, state: 'restricted', restricted_reason: 'trial_over' } as const;
const link = () => screen.queryByRole('link');

beforeEach(() => stand({ state: 'restricted', billing: restricted, choosers: ['Ann', 'Cy'] }));

it('leads who may choose a plan to where that is done (INV-41)', () => {
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  screen.getByText(/messages still arrive.*Choose a plan, and everybody can work again/);
  expect([link()?.textContent, link()?.getAttribute('href')]).toEqual([
    'Choose a plan',
    '/w/w/settings/plan',
  ]);
});

it('leads to the open invoice where that has to be paid, and to the card where one pays by card', () => {
  stand({ state: 'restricted', billing: { ...restricted, restricted_reason: 'unpaid' } });
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  expect(link()?.getAttribute('href')).toBe('/w/w/settings/invoices');
  cleanup();
  stand({ state: 'restricted', billing: { ...restricted, restricted_reason: 'unpaid', till: 'stripe' } });
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  screen.getByText(/Renew the payment method/);
  expect(link()?.getAttribute('href')).toBe('/w/w/settings/plan');
});

it('leads to what was ordered by invoice, which opens it once it is paid', () => {
  stand({ state: 'restricted', billing: restricted, isInvoiced: true });
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  screen.getByText(/Pay the open invoice, and everybody can work again/);
  expect(link()?.getAttribute('href')).toBe('/w/w/settings/invoices');
});

it('tells a newcomer how to begin, and of nothing that was lost or closed', () => {
  stand({ state: 'restricted', billing: { ...restricted, restricted_reason: 'never_paid' } });
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  screen.getByRole('heading', { name: 'Acme begins once a plan is paid' });
  screen.getByText(/^Until then .* Choose a plan and pay it to begin\.$/);
  expect(link()?.getAttribute('href')).toBe('/w/w/settings/plan');
});

it('names who can do it to who cannot, and leads them nowhere', () => {
  show(<RestrictedScreen />, { may: [] });
  screen.getByText(/ask Ann or Cy\./);
  expect(link()).toBeNull();
});

it('says where nobody here can do anything that the operator can', () => {
  stand({ state: 'restricted', billing: { ...restricted, till: 'none' } });
  show(<RestrictedScreen />, { may: ['billing.view', 'billing.manage'] });
  screen.getByText(/Your operator opens it again/);
});
