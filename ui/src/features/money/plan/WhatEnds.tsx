import { useLingui } from '@lingui/react/macro';
import type { PlanPreview, PlanView } from '@/api';
import { Notice } from '@/design';
import { useNumber } from '@/i18n/useNumber';
import { usePlans } from '../billing';
import { useMeterName } from '../useMeterName';
import { useEntitlementName } from './usePlanRows';

interface Props {
  plan: PlanView;
  tooMany: PlanPreview['too_many'];
}

/** What there is less of with another plan, before it is chosen; nothing where there is not (INV-17). */
export function WhatEnds({ plan, tooMany }: Props) {
  const { t } = useLingui();
  const number = useNumber();
  const meter = useMeterName();
  const entitlement = useEntitlementName();
  const ends = useEnds(plan);
  if (tooMany.length === 0 && ends.length === 0) return null;
  return (
    <Notice tone="warn" title={t`With ${plan.name} there is less`}>
      <ul>
        {ends.map((name) => (
          <li key={name}>{t`${entitlement(name)}: not included. What is there stays, and is closed.`}</li>
        ))}
        {tooMany.map(({ meter: name, used, cap }) => (
          <li key={name}>{t`${meter(name)}: ${number(used)} in use, ${number(cap)} in the plan.`}</li>
        ))}
      </ul>
      {tooMany.some(({ meter }) => meter !== 'businesses') && (
        <p>{t`Nobody is lost: after two weeks who joined last rests until there is a seat.`}</p>
      )}
    </Notice>
  );
}

/** What the plan that runs includes and the other does not. */
function useEnds(plan: PlanView): string[] {
  const plans = usePlans().data;
  const current = plans?.plans.find(({ id }) => id === plans.current);
  const has = (each: PlanView | undefined, name: string) => each?.entitlements[name] !== false;
  return Object.keys(plan.entitlements).filter((name) => has(current, name) && !has(plan, name));
}
