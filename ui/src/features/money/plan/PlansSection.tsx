import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { BillingOverview, PlansView, PlanView } from '@/api';
import { type Blocked, Button, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { ChangePlanDialog, type Interval } from './ChangePlanDialog';
import { IntervalChoice } from './IntervalChoice';
import { PlanTable } from './PlanTable';

interface Props {
  plans: PlansView;
  /** Unknown to who may not see billing. */
  billing: BillingOverview | undefined;
}

/** All plans side by side (PLAN-019), and the way to another one. */
export function PlansSection({ plans, billing }: Props) {
  const { t } = useLingui();
  const [interval, setInterval] = useState<Interval>(billing?.interval ?? 'month');
  const [wanted, setWanted] = useState<PlanView>();
  const blocked = useWhyNot(plans, billing);
  // What was never paid is nobody's plan yet.
  const current = billing?.restricted_reason === 'never_paid' ? undefined : plans.current;
  const isCurrent = (plan: PlanView) =>
    plan.id === current && (!billing || billing.interval === interval || plans.till === 'none');
  return (
    <Section title={t`Plans and prices`} description={plans.catalogue.title}>
      <IntervalChoice value={interval} onChange={setInterval} />
      <PlanTable
        plans={plans}
        interval={interval}
        current={current}
        foot={(plan) => (
          <Button
            variant={isCurrent(plan) ? 'ghost' : 'secondary'}
            blocked={blocked(plan, interval)}
            onClick={() => setWanted(plan)}
            aria-label={t`Choose ${plan.name}`}
          >
            {t`Choose`}
          </Button>
        )}
      />
      {wanted && billing && (
        <ChangePlanDialog
          plan={wanted}
          interval={interval}
          billing={billing}
          onClose={() => setWanted(undefined)}
        />
      )}
    </Section>
  );
}

/** Why a plan cannot be chosen. */
function useWhyNot(plans: PlansView, billing: BillingOverview | undefined) {
  const { t } = useLingui();
  const blocked = useBlocked();
  return (plan: PlanView, interval: Interval): Blocked | undefined => {
    const right = blocked(billing, 'billing.manage');
    if (right) return right;
    if (plans.till === 'none') return t`Plans are managed by your operator.`;
    const price = interval === 'month' ? plan.monthly : plan.yearly;
    if (price.of === null || price.of === undefined) return t`The price is on request: ask your operator.`;
    if (!plan.for_sale) return t`This plan is not sold here: ask your operator.`;
    const runs = billing?.state === 'active' || billing?.state === 'past_due';
    const stays = !billing?.next_plan && !billing?.cancel_at_period_end;
    if (plan.id === billing?.plan && interval === billing.interval && runs && stays)
      return t`You are on this plan.`;
    return undefined;
  };
}
