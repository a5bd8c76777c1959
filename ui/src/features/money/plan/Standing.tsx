import { Plural, useLingui } from '@lingui/react/macro';
import type { BillingOverview } from '@/api';
import { Notice } from '@/design';
import { useNow, useTimes } from '@/i18n/time';
import { daysUntil } from '../days';

interface Props {
  billing: BillingOverview;
  /** An invoice waits until the operator has its money. */
  isInvoiced?: boolean;
}

/** Where the subscription is in its life, in a sentence, and what helps. */
export function Standing({ billing, isInvoiced = false }: Props) {
  const { t } = useLingui();
  const { date } = useTimes();
  const { state, plan_name: plan, period, till } = billing;
  if (state === 'restricted') return <Restricted billing={billing} isInvoiced={isInvoiced} />;
  if (state === 'trialing' && billing.trial_ends_at)
    return <Trial billing={billing} at={billing.trial_ends_at} />;
  if (state === 'past_due') {
    return (
      <Notice tone="danger" title={t`A payment failed`}>
        <p>
          {billing.past_due_since && t`It is due since ${date(billing.past_due_since)}.`}{' '}
          {till === 'stripe'
            ? t`Renew the payment method below; it is tried again by itself.`
            : t`Pay the open invoice; until then everything still works.`}
        </p>
      </Notice>
    );
  }
  if (billing.cancel_at_period_end) {
    return (
      <Notice tone="warn" title={t`Cancelled`}>
        <p>{t`${plan} stays until ${date(period.end)}. Then only billing and export are left.`}</p>
      </Notice>
    );
  }
  const next = billing.next_plan?.name;
  return (
    <Notice tone="ok" title={t`You are on ${plan}`}>
      <p>
        {next
          ? t`From ${date(period.end)} on it is ${next}.`
          : till === 'none'
            ? t`The plan is managed by your operator; nothing is paid here.`
            : t`It runs until ${date(period.end)} and goes on by itself.`}
      </p>
    </Notice>
  );
}

function Trial({ billing, at }: { billing: BillingOverview; at: string }) {
  const { t } = useLingui();
  const { full } = useTimes();
  const days = daysUntil(at, useNow());
  const next = billing.next_plan?.name;
  return (
    <Notice tone={days <= 7 && !next ? 'warn' : 'info'} title={t`You are trying ${billing.plan_name}`}>
      <p>
        <Plural value={days} _0="The last day runs." one="# day left." other="# days left." />{' '}
        {next
          ? t`Then ${next} begins.`
          : billing.till === 'none'
            ? t`The trial ends on ${full(at)}. Ask your operator for a plan before; otherwise only billing and export are left after it, and nothing is lost.`
            : t`The trial ends on ${full(at)}. Choose a plan before, and nothing stops; otherwise only billing and export are left after it, and nothing is lost.`}
      </p>
    </Notice>
  );
}

function Restricted({ billing, isInvoiced }: Required<Props>) {
  const { t } = useLingui();
  if (billing.restricted_reason === 'never_paid') {
    const title = isInvoiced ? t`Pay the open invoice to begin` : t`Choose a plan and pay it to begin`;
    return (
      <Notice tone="info" title={title}>
        <p>{t`Until then only billing and export are open, and what customers write is kept.`}</p>
      </Notice>
    );
  }
  const causes = {
    trial_over: t`The trial is over.`,
    unpaid: t`An invoice was not paid in time.`,
    cancelled: t`The plan was cancelled.`,
  };
  const cause = billing.restricted_reason && causes[billing.restricted_reason];
  return (
    <Notice tone="danger" title={t`The workspace is restricted`}>
      <p>
        {cause} {t`Only billing and export are left. Nothing is lost, and messages still arrive.`}{' '}
        {billing.till === 'none'
          ? t`Your operator opens it again.`
          : billing.restricted_reason !== 'unpaid' && !isInvoiced
            ? t`Choose a plan below, and everybody can work again.`
            : billing.till === 'stripe'
              ? t`Renew the payment method below, and everybody can work again.`
              : t`Pay the open invoice, and everybody can work again.`}
      </p>
    </Notice>
  );
}
