import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  type BillingOverview,
  billingPlanPreview,
  billingPlanPut,
  checkoutCreate,
  type PlanOfferView,
  type PlanView,
} from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, ErrorState, Skeleton, toast } from '@/design';
import { useTimes } from '@/i18n/time';
import { useMoneyChange } from '../billing';
import { Lines } from '../Lines';
import css from '../money.module.css';
import { useMoney } from '../useMoney';
import { useMoneyProblem } from '../useMoneyMessages';
import { WhatEnds } from './WhatEnds';

export type Interval = BillingOverview['interval'];

interface Props {
  plan: PlanView;
  interval: Interval;
  billing: BillingOverview;
  onClose: () => void;
}

/** Says what a plan costs now and later before anything is changed or bought. */
export function ChangePlanDialog({ plan, interval, billing, onClose }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const money = useMoney(billing.currency);
  const { date } = useTimes();
  const offer = useQuery({
    queryKey: ['plan-preview', workspace, plan.id, interval],
    queryFn: async ({ signal }) => {
      const body = { plan: plan.id, interval };
      return (await billingPlanPreview({ path: { workspace_id: workspace }, body, signal })).data;
    },
    // What is due becomes less by the second.
    staleTime: 0,
  });
  const change = useMoneyChange(
    (path, _: undefined) => billingPlanPut({ path, body: { plan: plan.id, interval } }),
    ({ offer, invoice }) => {
      onClose();
      if (invoice) {
        toast({
          title: t`Invoice ${invoice.number} is open`,
          description: t`${plan.name} begins once it is paid.`,
        });
        void navigate({ to: paths.settings(workspace, 'invoices') });
      } else {
        toast({
          title:
            offer.begins === 'now' ? t`You are on ${plan.name}` : t`${plan.name} begins on ${date(offer.at)}`,
        });
      }
    },
  );
  // With a payment provider the first plan is bought on its page; later ones are changed here.
  const buy = useMoneyChange(
    (path, _: undefined) => checkoutCreate({ path, body: { kind: 'plan', plan: plan.id, interval } }),
    ({ url }) => url && window.location.assign(url),
  );
  const { due_now: due = 0, is_bought = false } = offer.data ?? {};
  const wanted = is_bought ? buy : change;
  return (
    <Frame
      {...{ plan, onClose, error: wanted.error }}
      confirm={
        is_bought
          ? t`Go on to payment`
          : due === 0
            ? t`Change the plan`
            : billing.till === 'manual'
              ? t`Order for ${money(due)}`
              : t`Change and pay ${money(due)}`
      }
      blocked={offer.data ? undefined : t`The price is not known yet`}
      busy={wanted.isPending}
      onConfirm={() => wanted.mutate(undefined)}
    >
      {offer.isPending ? (
        <Skeleton lines={4} label={t`Loading`} />
      ) : offer.isError ? (
        <ErrorState
          title={t`What it costs could not be computed`}
          error={offer.error}
          onRetry={() => void offer.refetch()}
        />
      ) : (
        <>
          <Offer offer={offer.data} currency={billing.currency} till={billing.till} />
          <WhatEnds plan={plan} tooMany={offer.data.too_many} />
        </>
      )}
    </Frame>
  );
}

/** When it begins, what is due now, and what later. */
function Offer({
  offer,
  currency,
  till,
}: {
  offer: PlanOfferView;
  currency: string;
  till: BillingOverview['till'];
}) {
  const { t } = useLingui();
  const money = useMoney(currency);
  const { date } = useTimes();
  const begins = {
    now:
      offer.due_now === 0
        ? t`It begins at once.`
        : offer.is_bought
          ? t`It begins once it is paid, on the next page.`
          : till === 'manual'
            ? t`It begins once the invoice is paid.`
            : t`It begins at once.`,
    trial_end: t`It begins when the trial ends, on ${date(offer.at)}.`,
    period_end: t`It begins with the next period, on ${date(offer.at)}. Until then everything stays.`,
  };
  return (
    <>
      <p>{begins[offer.begins]}</p>
      {offer.lines.length > 0 ? (
        <Lines
          caption={t`Due now`}
          lines={offer.lines}
          total={[t`Due now`, offer.due_now]}
          currency={currency}
        />
      ) : (
        <p className={css.total}>{t`Nothing is due now.`}</p>
      )}
      <p>
        {offer.interval === 'month'
          ? t`Then ${money(offer.next_total)} every month.`
          : t`Then ${money(offer.next_total)} every year.`}
      </p>
    </>
  );
}

interface FrameProps {
  plan: PlanView;
  confirm: string;
  busy: boolean;
  blocked?: string | undefined;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: React.ReactNode;
}

function Frame({ plan, confirm, busy, blocked, error, onConfirm, onClose, children }: FrameProps) {
  const { t } = useLingui();
  const text = useMoneyProblem();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Change to ${plan.name}`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Leave it as it is`}
          </Button>
          <Button variant="primary" busy={busy} blocked={blocked} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error ? <p role="alert">{text(error)}</p> : null}
    </Dialog>
  );
}
