import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type AddonView, type BillingOverview, checkoutCreate } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input } from '@/design';
import { Form, FormField } from '@/form';
import { useNumber } from '@/i18n/useNumber';
import { useMoneyChange } from './billing';
import css from './money.module.css';
import { useMoney } from './useMoney';
import { useMoneyMessages } from './useMoneyMessages';

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
  const money = useMoney(billing.currency);
  const number = useNumber();
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
  const sum = fits ? money((addon.price.of ?? 0) * quantity) : '–';
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
            blocked={fits ? undefined : t`Give a whole number from 1 to ${number(MOST)}`}
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
        onSubmit={() => fits && !buy.isPending && buy.mutate(undefined)}
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
        <p className={css.total} aria-live="polite">
          {addon.recurring ? t`${sum} a month` : t`${sum} once`}
        </p>
        <p className={css.quiet}>
          {addon.recurring
            ? t`For the period that runs only its rest is charged. The invoice says how much before anything is paid.`
            : addon.adds === 'credits'
              ? t`${number(addon.quantity * (fits ? quantity : 1))} credits, which never expire. You have them once they are paid.`
              : t`You have it once it is paid.`}
        </p>
      </Form>
    </Dialog>
  );
}
