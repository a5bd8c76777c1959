import { useLingui } from '@lingui/react/macro';
import type { AddonView, BillingOverview, PlansView } from '@/api';
import type { Blocked } from '@/design';
import { useBlocked } from '@/i18n/reason';

/** Why an add-on cannot be bought here and now. */
export function useWhyNotBuy(plans: PlansView, billing: BillingOverview) {
  const { t } = useLingui();
  const right = useBlocked()(billing, 'billing.purchase_addons');
  return (addon: AddonView): Blocked | undefined => {
    if (right) return right;
    if (plans.till === 'none') return t`What is had beside the plan is managed by your operator.`;
    if (addon.price.of === null || addon.price.of === undefined)
      return t`The price is on request: ask your operator.`;
    if (billing.state === 'restricted') return t`Choose a plan first.`;
    return undefined;
  };
}
