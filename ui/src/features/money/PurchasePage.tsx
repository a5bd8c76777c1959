import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type CheckoutView, checkoutShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Notice, Page, Skeleton, Spinner } from '@/design';
import { readMoneyAgain, useBilling } from './billing';
import css from './money.module.css';
import { useMoney } from './useMoney';

/** How often it is asked whether a payment has arrived. */
const LOOK_MS = 2000;

/** Where one comes back to from the payment page: says how the purchase stands until it is settled. */
export default function PurchasePage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { checkout: id, outcome } = useSearch({ from: '/w/$workspace/settings/billing' });
  const blocked = useBlockedHere()('billing.view');
  const purchase = useQuery({
    ...checkoutShowOptions({ path: { workspace_id: workspace, checkout_id: id ?? '' } }),
    enabled: !blocked && id !== undefined,
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : LOOK_MS),
  });
  const settled = purchase.data && isSettled(purchase.data);
  useEffect(() => {
    if (settled) readMoneyAgain(workspace);
  }, [settled, workspace]);
  useTitle(t`Purchase`);
  return (
    <Page title={t`Purchase`}>
      {blocked ? (
        <LockNote reason={blocked} />
      ) : purchase.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : purchase.isError ? (
        <ErrorState
          title={t`The purchase could not be loaded`}
          error={purchase.error}
          onRetry={() => void purchase.refetch()}
        />
      ) : (
        <div role="status">
          <State purchase={purchase.data} gaveUp={outcome === 'cancelled'} />
        </div>
      )}
      <p className={css.line}>
        <Link to={paths.settings(workspace, 'plan')} className={css.link}>
          {t`Plan`}
        </Link>
        <Link to={paths.settings(workspace, 'credits')} className={css.link}>
          {t`Credits`}
        </Link>
        <Link to={paths.settings(workspace, 'invoices')} className={css.link}>
          {t`Invoices`}
        </Link>
      </p>
    </Page>
  );
}

const isSettled = ({ state }: CheckoutView) => ['complete', 'expired', 'refunded'].includes(state);

function State({ purchase, gaveUp }: { purchase: CheckoutView; gaveUp: boolean }) {
  const { t } = useLingui();
  const sum = useMoney(purchase.currency)(purchase.amount);
  const byHand = useBilling().data?.till === 'manual';
  switch (purchase.state) {
    case 'complete':
      return (
        <Notice tone="ok" title={t`Paid`}>
          <p>{t`${sum} arrived, and you have what you bought.`}</p>
        </Notice>
      );
    case 'expired':
      return (
        <Notice tone="warn" title={t`Nothing was bought`}>
          <p>{t`The purchase was not paid in time, or another one came instead. Nothing was charged.`}</p>
        </Notice>
      );
    case 'refunded':
      return (
        <Notice tone="warn" title={t`Given back`}>
          <p>{t`${sum} was paid back, and what it bought was taken back.`}</p>
        </Notice>
      );
    default:
      if (byHand)
        return (
          <Notice title={t`An invoice is open`}>
            <p>
              {t`It is over ${sum}. You have what you ordered once your operator has marked it as paid. You need not wait here.`}
            </p>
          </Notice>
        );
      if (gaveUp && purchase.state === 'open')
        return (
          <Notice tone="warn" title={t`Not paid`}>
            <p>{t`Nothing was charged. Choose the same again to go on paying.`}</p>
          </Notice>
        );
      return (
        <Notice title={t`Waiting for the payment`}>
          <p className={css.line}>
            <Spinner />
            {t`The payment provider confirms ${sum} in a moment. You have what you bought as soon as it does; you may leave this page.`}
          </p>
        </Notice>
      );
  }
}
