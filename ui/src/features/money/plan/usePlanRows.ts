import { useLingui } from '@lingui/react/macro';
import type { PlansView, PlanView } from '@/api';
import { useMeterName } from '../useMeterName';
import { useTerms } from '../useTerms';
import type { Interval } from './ChangePlanDialog';

/** What of a catalogue is compared. */
export type Offered = Pick<PlansView, 'plans' | 'catalogue'>;

interface PlanRow {
  label: string;
  of: (plan: PlanView) => string;
}

/** What the plans are compared by; the limits of light seats among it (PLAN-020). */
export function usePlanRows({ plans, catalogue }: Offered, interval: Interval): PlanRow[] {
  const { t } = useLingui();
  const { amount, price } = useTerms(catalogue.currency);
  const meterName = useMeterName();
  const entitlementName = useEntitlementName();
  const meters = [...new Set(plans.flatMap((plan) => plan.meters.map(({ meter }) => meter)))];
  const entitlements = [...new Set(plans.flatMap((plan) => Object.keys(plan.entitlements)))];
  return [
    {
      label: interval === 'month' ? t`Price by the month` : t`Price by the year`,
      of: (plan) => price(interval === 'month' ? plan.monthly : plan.yearly),
    },
    { label: t`Full seats included`, of: (plan) => amount(plan.included_full_seats) },
    { label: t`Full seats at most`, of: (plan) => amount(plan.max_full_seats) },
    { label: t`Each further seat by the month`, of: (plan) => price(plan.extra_seat_monthly) },
    { label: t`Light seats (collaborators)`, of: (plan) => amount(plan.max_collaborator_seats) },
    { label: t`Businesses included`, of: (plan) => amount(plan.included_businesses) },
    { label: t`Credits by the month`, of: (plan) => amount(plan.credits_monthly) },
    ...meters.map((meter) => ({
      label: meterName(meter),
      of: (plan: PlanView) => {
        const allowance = plan.meters.find((each) => each.meter === meter);
        if (!allowance) return t`Unlimited`;
        const included = amount(allowance.included);
        return allowance.behaviour === 'overage'
          ? t`${included}, then ${price(allowance.overage_unit)} each`
          : included;
      },
    })),
    ...entitlements.map((name) => ({
      label: entitlementName(name),
      // What a plan does not name it has.
      of: (plan: PlanView) => (plan.entitlements[name] === false ? t`No` : t`Yes`),
    })),
  ];
}

/** What a plan lets one do, by its name in the catalogue. */
export function useEntitlementName(): (name: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    crm: t`Customers`,
    collaboration: t`Working together`,
    collaborator_seats: t`Light seats can be given`,
    cross_product: t`Across several businesses`,
  };
  return (name) => names[name] ?? name.replaceAll('_', ' ');
}
