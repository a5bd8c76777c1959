import type { ReactNode } from 'react';
import {
  type BillingOverview,
  billingShowQueryKey,
  type CreditsView,
  creditsShowQueryKey,
  invoicesListQueryKey,
  type MembershipView,
  type PlansView,
  plansListQueryKey,
  type SeatsView,
  seatsShowQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { MembershipHere } from '@/app/session';
import { renderInApp } from '@/test/render';
import { at } from './plan/running.fixture';

const options = { path: { workspace_id: 'w' } };
const seat = { used: 7, pending: 0, included: 5, purchased: 0, cap: 5, over_since: at(-1), remedies: [] };
const seats: SeatsView = {
  full: { ...seat, grace_until: at(13) },
  collaborator: { ...seat, grace_until: null },
  next_seat: null,
  who_can_buy: [],
};
const catalogue = {
  id: 'shop',
  version: 1,
  title: 'Shop',
  currency: 'USD',
  seat_billing: 'slots',
} as const;
const pool: CreditsView = {
  balance: 900,
  available: 900,
  reserved: 0,
  grant: { amount: 1000, left: 900, period_end: at(20) },
  purchased: 0,
  low: null,
  forecast_at: null,
  unlimited: false,
  can: {},
};
let state = 'active';

interface Standing {
  state: string;
  billing: BillingOverview;
  choosers?: string[];
  credits?: Partial<CreditsView> | undefined;
  /** An invoice waits to be paid. */
  isInvoiced?: boolean;
}

/** How the workspace stands, as the server would tell it. */
export function stand({ state: now, billing, choosers = [], credits, isInvoiced = false }: Standing) {
  state = now;
  const who_can_choose = choosers.map((name) => ({ id: name, name }));
  const plans: PlansView = {
    catalogue,
    till: billing.till,
    plans: [],
    addons: [],
    current: billing.plan,
    who_can_choose,
  };
  queryClient.setQueryData(billingShowQueryKey(options), billing);
  queryClient.setQueryData(plansListQueryKey(options), plans);
  queryClient.setQueryData(seatsShowQueryKey(options), seats);
  queryClient.setQueryData(creditsShowQueryKey(options), { ...pool, ...credits });
  const items = isInvoiced ? [{ state: 'open' }] : [];
  queryClient.setQueryData(invoicesListQueryKey(options), { items, next_cursor: null });
}

/** Shows something within the workspace to a member who may do these things. */
export function show(children: ReactNode, { may }: { may: string[] }) {
  const membership = {
    workspace: { id: 'w', name: 'Acme', state },
    can: Object.fromEntries(may.map((permission) => [permission, true])),
  } as unknown as MembershipView;
  return renderInApp(<MembershipHere value={membership}>{children}</MembershipHere>);
}
