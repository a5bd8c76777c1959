import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type BillingOverview, billingCancellationDelete, billingCancellationPut } from '@/api';
import { useFailure } from '@/app/useFailure';
import { Button, ConfirmDialog, Section, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useMoneyChange } from '../billing';
import css from '../money.module.css';

/** Ending the subscription with its period, which can be taken back until then. */
export function CancelSection({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const fail = useFailure();
  const [asking, setAsking] = useState(false);
  const blocked = useBlocked()(billing, 'billing.manage');
  const cancel = useMoneyChange(
    (path, _: undefined) => billingCancellationPut({ path }),
    () => setAsking(false),
  );
  const resume = useMoneyChange(
    (path, _: undefined) => billingCancellationDelete({ path }),
    () => toast({ title: t`The plan goes on` }),
  );
  const runs = billing.state === 'active' || billing.state === 'past_due';
  if (billing.till === 'none' || !runs) return null;
  const end = date(billing.period.end);
  return (
    <Section title={t`Cancel`}>
      <div className={css.line}>
        <p className={css.grow}>
          {billing.cancel_at_period_end
            ? t`The plan ends on ${end}. Until then it can go on as if nothing had been.`
            : t`The plan then ends with its period, on ${end}. Until then everything stays, and nothing more is charged.`}
        </p>
        {billing.cancel_at_period_end ? (
          <Button
            variant="primary"
            blocked={blocked}
            busy={resume.isPending}
            onClick={() =>
              resume.mutate(undefined, { onError: (error) => fail(t`The plan still ends`, error) })
            }
          >
            {t`Keep the plan`}
          </Button>
        ) : (
          <Button variant="danger" blocked={blocked} onClick={() => setAsking(true)}>
            {t`Cancel the plan…`}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Cancel ${billing.plan_name}?`}
        description={t`Nothing is due now. From ${end} on only billing and export are left; messages still arrive, and nothing is deleted.`}
        confirm={t`Cancel on ${end}`}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(undefined, { onError: (error) => fail(t`The plan goes on`, error) })}
      />
    </Section>
  );
}
