import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type AddonOfferView,
  type AddonView,
  type BillingOverview,
  billingAddonPreview,
  checkoutCreate,
} from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, Skeleton } from '@/design';
import { Form, FormField } from '@/form';
import { useNumber } from '@/i18n/useNumber';
import { useMoneyChange } from './billing';
import { Lines } from './Lines';
import css from './money.module.css';
import { useMoney } from './useMoney';
import { useMoneyMessages, useMoneyProblem } from './useMoneyMessages';

const MOST = 10_000;

interface Props {
  addon: AddonView;
  billing: BillingOverview;
  /** How many are suggested. */
  suggested?: number | undefined;
  onClose: () => void;
}

/** Buys some of an add-on: how many, and what that comes to, before the click. */
export function BuyDialog({ addon, billing, suggested = 1, onClose }: Props) {
  const { t } = useLingui();
  const number = useNumber();
  const problem = useMoneyProblem();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const [quantity, setQuantity] = useState(suggested);
  const messages = useMoneyMessages();
  const buy = useMoneyChange(
    (path, _: undefined) =>
      checkoutCreate({
        path,
        body: { kind: addon.adds === 'credits' ? 'credits' : 'addon', addon: addon.id, quantity },
      }),
    ({ id, url }) => {
      if (url) return window.location.assign(url);
      void navigate({ to: paths.purchase(workspace), search: { checkout: id } });
    },
  );
  const fits = Number.isInteger(quantity) && quantity >= 1 && quantity <= MOST;
  const body = { addon: addon.id, quantity };
  const offer = useQuery({
    queryKey: ['addon-preview', workspace, body],
    queryFn: async ({ signal }) =>
      (await billingAddonPreview({ path: { workspace_id: workspace }, body, signal })).data,
    enabled: fits,
    // What is due becomes less by the second.
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const known = fits && offer.isSuccess && !offer.isPlaceholderData;
  const byHand = billing.till === 'manual';
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={addon.name}
      description={addon.description}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="buy"
            variant="primary"
            busy={buy.isPending}
            blocked={
              !fits
                ? t`Give a whole number from 1 to ${number(MOST)}`
                : known
                  ? undefined
                  : t`The price is not known yet`
            }
          >
            {byHand ? t`Order by invoice` : t`Go on to payment`}
          </Button>
        </>
      }
    >
      <Form
        id="buy"
        error={buy.error}
        messages={messages}
        onSubmit={() => known && !buy.isPending && buy.mutate(undefined)}
      >
        <FormField name="quantity" label={t`How many`}>
          <Input
            type="number"
            min={1}
            max={MOST}
            className={css.number}
            value={Number.isNaN(quantity) ? '' : quantity}
            onChange={(event) => setQuantity(event.target.valueAsNumber)}
          />
        </FormField>
        <div aria-live="polite" className={css.meters}>
          {offer.isError ? (
            <p role="alert">{problem(offer.error)}</p>
          ) : offer.data ? (
            <Due offer={offer.data} billing={billing} />
          ) : (
            fits && <Skeleton lines={2} label={t`Loading`} />
          )}
        </div>
        <p className={css.quiet}>
          {addon.adds === 'credits'
            ? t`${number(addon.quantity * (fits ? quantity : 1))} credits, which never expire. You have them once they are paid.`
            : t`You have it once it is paid.`}
        </p>
      </Form>
    </Dialog>
  );
}

/** What is charged now, line by line, and what every period costs more afterwards. */
function Due({ offer, billing }: { offer: AddonOfferView; billing: BillingOverview }) {
  const { t } = useLingui();
  const more = useMoney(billing.currency)(offer.next_total);
  return (
    <>
      <Lines
        caption={t`Due now`}
        lines={offer.lines}
        total={[t`Due now`, offer.due_now]}
        currency={billing.currency}
      />
      {offer.next_total > 0 && (
        <p>
          {billing.interval === 'month'
            ? t`Then ${more} more every month.`
            : t`Then ${more} more every year.`}
        </p>
      )}
    </>
  );
}
