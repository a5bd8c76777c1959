import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type BillingOverview, creditsShowOptions, type PlansView } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { Meter } from '../Meter';
import css from '../money.module.css';
import { useMeterName } from '../useMeterName';
import { useMoney } from '../useMoney';

/** What the plan includes against what is used of it. */
export function UsageSection({ plans, billing }: { plans: PlansView; billing: BillingOverview }) {
  const { t } = useLingui();
  const name = useMeterName();
  const { date } = useTimes();
  const money = useMoney(billing.currency);
  const plan = plans.plans.find(({ id }) => id === billing.plan);
  const beyond = (meter: string, behaviour: 'hard' | 'soft' | 'overage') => {
    if (behaviour === 'hard') return t`More is refused.`;
    const unit = plan?.meters.find((each) => each.meter === meter)?.overage_unit.of;
    if (behaviour === 'soft' || billing.till !== 'manual' || !unit) return t`More works, and is told.`;
    return t`Each one more costs ${money(unit)}, with the next invoice.`;
  };
  return (
    <Section title={t`Included and used`} description={plan?.text}>
      <div className={css.meters}>
        {billing.gauges.map(({ meter, used, cap, over_since }) => (
          <Meter key={meter} label={name(meter)} used={used} limit={cap}>
            {over_since && t`More than the plan has since ${date(over_since)}.`}
          </Meter>
        ))}
        {billing.meters.map(({ meter, used, included, behaviour }) => (
          <Meter key={meter} label={name(meter)} used={used} limit={included}>
            {included !== null && behaviour && beyond(meter, behaviour)}
          </Meter>
        ))}
        <Credits />
      </div>
    </Section>
  );
}

/** The month's grant; the page of credits tells the rest. */
function Credits() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('credit.view_balance');
  const path = { workspace_id: workspace };
  const pool = useQuery({ ...creditsShowOptions({ path }), enabled: !blocked }).data;
  if (!pool) return null;
  const { amount, left } = pool.grant;
  return (
    <Meter label={t`Credits of this month`} used={amount - left} limit={pool.unlimited ? null : amount}>
      <Link to={paths.settings(workspace, 'credits')} className={css.link}>
        {t`Balance and history of credits`}
      </Link>
    </Meter>
  );
}
