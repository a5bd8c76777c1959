import { useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { BillingOverview, PlansView } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { useBilling, useIsInvoiced, usePlans } from './billing';
import { AddonsSection } from './plan/AddonsSection';
import { CancelSection } from './plan/CancelSection';
import { NextInvoiceSection } from './plan/NextInvoiceSection';
import { PaymentSection } from './plan/PaymentSection';
import { PlansSection } from './plan/PlansSection';
import { Standing } from './plan/Standing';
import { UsageSection } from './plan/UsageSection';
import { AskSection } from './seats/AskSection';

/** What is had, used and paid, and what else there is. */
export default function PlanPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('billing.view');
  const billing = useBilling();
  const plans = usePlans();
  useTitle(t`Plan`);
  const waits = plans.isPending || (billing.isPending && !blocked);
  const failed = plans.isError ? plans : billing.isError ? billing : undefined;
  return (
    <Page
      wide
      title={t`Plan`}
      description={t`What this workspace has, what is used of it, and what it costs.`}
    >
      {failed ? (
        <ErrorState
          title={t`The plan could not be loaded`}
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      ) : waits || !plans.data ? (
        <Skeleton lines={10} label={t`Loading`} />
      ) : (
        <Shown plans={plans.data} billing={billing.data} />
      )}
      <LockNote reason={blocked} />
    </Page>
  );
}

/** Everybody may compare the plans; what is used and paid is for who may see billing. */
function Shown({ plans, billing }: { plans: PlansView; billing: BillingOverview | undefined }) {
  const { ask } = useSearch({ from: '/w/$workspace/settings/plan' });
  const navigate = useNavigate({ from: '/w/$workspace/settings/plan' });
  const isInvoiced = useIsInvoiced();
  const asking = (
    <AskSection asked={ask} onAsk={(ask) => void navigate({ search: { ask }, replace: true })} />
  );
  if (!billing) {
    return (
      <>
        <PlansSection plans={plans} billing={undefined} />
        {asking}
      </>
    );
  }
  // Who has no plan yet chooses one: nothing is used or had beside it.
  if (billing.restricted_reason === 'never_paid') {
    return (
      <>
        <Standing billing={billing} isInvoiced={isInvoiced} />
        <PlansSection plans={plans} billing={billing} />
        <PaymentSection billing={billing} />
        {asking}
      </>
    );
  }
  return (
    <>
      <Standing billing={billing} isInvoiced={isInvoiced} />
      <UsageSection plans={plans} billing={billing} />
      <NextInvoiceSection billing={billing} />
      <AddonsSection plans={plans} billing={billing} />
      <PlansSection plans={plans} billing={billing} />
      <PaymentSection billing={billing} />
      {asking}
      <CancelSection billing={billing} />
    </>
  );
}
