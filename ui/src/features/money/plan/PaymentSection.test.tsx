import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { BillingOverview } from '@/api';
import { renderInApp } from '@/test/render';
import { PaymentSection } from './PaymentSection';
import { running } from './running.fixture';

vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  useParams: () => ({ workspace: 'w' }),
}));
afterEach(cleanup);

const card = { brand: 'visa', last4: '4242', exp_month: 3, exp_year: 2027, expires_soon: false };
const show = (how: Partial<BillingOverview>) =>
  renderInApp(<PaymentSection billing={{ ...running, till: 'stripe', payer: 'Ann', ...how }} />);

it('shows the card and how long it is good, and warns before it expires (BIL-031)', () => {
  show({ payment_method: card });
  screen.getByText(/visa ending in 4242, good until 03\/2027/);
  expect(screen.queryByText('The card expires soon')).toBeNull();
  cleanup();
  show({ payment_method: { ...card, expires_soon: true } });
  screen.getByText('The card expires soon');
});
