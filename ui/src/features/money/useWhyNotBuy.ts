import { useLingui } from '@lingui/react/macro';
import type { AddonView, BillingOverview, PlansView } from '@/api';
import { useBlockedHere } from '@/app/session';
import type { Blocked } from '@/design';
import { useBlocked } from '@/i18n/reason';

/** Why an add-on cannot be bought here and now; how billing stands is unknown to who may not see it. */
export function useWhyNotBuy(plans: PlansView, billing: BillingOverview | undefined) {
  const { t } = useLingui();
  const [here, blocked] = [useBlockedHere()('billing.purchase_addons'), useBlocked()];
  const right = billing ? blocked(billing, 'billing.purchase_addons') : here;
  return (addon: AddonView): Blocked | undefined => {
    if (right) return right;
    if (plans.till === 'none') return t`What is had beside the plan is managed by your operator.`;
    if (addon.price.of === null || addon.price.of === undefined)
      return t`The price is on request: ask your operator.`;
    if (billing?.state === 'restricted') return t`Choose a plan first.`;
    if (billing && !hasRoom(plans, billing, addon))
      return t`This plan has no room for more of it: choose a larger one.`;
    return undefined;
  };
}

/** Whether the plan can have more of it than there is. */
function hasRoom(plans: PlansView, billing: BillingOverview, { adds }: AddonView): boolean {
  const plan = plans.plans.find(({ id }) => id === billing.plan);
  const [most, meter] =
    adds === 'full_seat'
      ? [plan?.max_full_seats.of, 'full_seats']
      : adds === 'business_slot'
        ? [plan?.max_businesses.of, 'businesses']
        : [];
  const cap = billing.gauges.find((gauge) => gauge.meter === meter)?.cap;
  return typeof most !== 'number' || typeof cap !== 'number' || cap < most;
}
