import { useLingui } from '@lingui/react/macro';
import { type BillingOverview, portalSessionCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { Button, Notice, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useMoneyChange } from '../billing';
import css from '../money.module.css';

/** How is paid, by whom, and whether the card lasts. */
export function PaymentSection({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  return (
    <Section title={t`Payment`}>
      {billing.till === 'none' ? (
        <p className={css.quiet}>{t`Managed by your operator: nothing is paid here.`}</p>
      ) : billing.till === 'manual' ? (
        <p
          className={css.quiet}
        >{t`By invoice: your operator marks each as paid once the money has come.`}</p>
      ) : (
        <Card billing={billing} />
      )}
    </Section>
  );
}

function Card({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  const fail = useFailure();
  const blocked = useBlocked()(billing, 'billing.manage');
  const open = useMoneyChange(
    (path, _: undefined) => portalSessionCreate({ path }),
    ({ url }) => window.location.assign(url),
  );
  const { payment_method: card, payer } = billing;
  const expiry = card && `${String(card.exp_month).padStart(2, '0')}/${card.exp_year}`;
  return (
    <>
      {card?.expires_soon && (
        <Notice tone="warn" title={t`The card expires soon`}>
          <p>{t`It is good until ${expiry}. Renew it, or the next payment fails.`}</p>
        </Notice>
      )}
      <div className={css.line}>
        <p className={css.grow}>
          {card
            ? t`${card.brand} ending in ${card.last4}, good until ${expiry}`
            : t`No card yet. It is asked for with the first plan.`}
          {payer && <span className={css.quiet}> {t`Paid by ${payer}.`}</span>}
        </p>
        {payer && (
          <Button
            blocked={blocked}
            busy={open.isPending}
            onClick={() =>
              open.mutate(undefined, { onError: (error) => fail(t`The payment page did not open`, error) })
            }
          >
            {t`Change the card and see receipts`}
          </Button>
        )}
      </div>
    </>
  );
}
