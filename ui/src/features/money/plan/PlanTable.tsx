import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { PlanView } from '@/api';
import { Badge } from '@/design';
import type { Interval } from './ChangePlanDialog';
import css from './PlanTable.module.css';
import { type Offered, usePlanRows } from './usePlanRows';

interface Props {
  plans: Offered;
  interval: Interval;
  /** The plan that somebody is on. */
  current?: string | undefined;
  /** What can be done with a plan, below it. */
  foot?: (plan: PlanView) => ReactNode;
}

/** Plans side by side. */
export function PlanTable({ plans, interval, current, foot }: Props) {
  const { t } = useLingui();
  const rows = usePlanRows(plans, interval);
  const isCurrent = (plan: PlanView) => plan.id === current || undefined;
  return (
    // Where it is wider than the page, it is scrolled by keys too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached.
    <section className={css.scroll} aria-label={t`Plans`} tabIndex={0}>
      <table className={css.plans}>
        <thead>
          <tr>
            <td />
            {plans.plans.map((plan) => (
              <th key={plan.id} scope="col" data-current={isCurrent(plan)}>
                {plan.name}
                {isCurrent(plan) && <Badge tone="accent">{t`Your plan`}</Badge>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {plans.plans.map((plan) => (
                <td key={plan.id} data-current={isCurrent(plan)}>
                  {of(plan)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              <td />
              {plans.plans.map((plan) => (
                <td key={plan.id} data-current={isCurrent(plan)}>
                  {foot(plan)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
