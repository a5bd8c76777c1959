import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type AddonView, type BillingItemView, type BillingOverview, billingAddonPut } from '@/api';
import { Button, Dialog, Input, toast } from '@/design';
import { Form, FormField } from '@/form';
import { useTimes } from '@/i18n/time';
import { useMoneyChange } from '../billing';
import css from '../money.module.css';
import { useMoney } from '../useMoney';
import { useMoneyMessages } from '../useMoneyMessages';

interface Props {
  addon: AddonView;
  held: BillingItemView;
  billing: BillingOverview;
  onClose: () => void;
}

/** Has less of an add-on from the next period on; as many as there are takes that back. */
export function FewerDialog({ addon, held, billing, onClose }: Props) {
  const { t } = useLingui();
  const { date } = useTimes();
  const money = useMoney(billing.currency);
  const [quantity, setQuantity] = useState(held.next_quantity ?? held.quantity - 1);
  const messages = useMoneyMessages();
  const change = useMoneyChange(
    (path, _: undefined) => billingAddonPut({ path: { ...path, addon_id: addon.id }, body: { quantity } }),
    ({ quantity, next_quantity }) => {
      const at = date(billing.period.end);
      toast({ title: t`From ${at} on: ${next_quantity ?? quantity}` });
      onClose();
    },
  );
  const fits = Number.isInteger(quantity) && quantity >= 0 && quantity <= held.quantity;
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={t`Fewer of ${addon.name}`}
      description={t`You have ${held.quantity}. What is paid stays until ${date(billing.period.end)}.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="fewer"
            variant="primary"
            busy={change.isPending}
            blocked={fits ? undefined : t`Give a whole number from 0 to ${held.quantity}`}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="fewer"
        error={change.error}
        messages={messages}
        onSubmit={() => fits && !change.isPending && change.mutate(undefined)}
      >
        <FormField name="quantity" label={t`How many from then on`}>
          <Input
            type="number"
            min={0}
            max={held.quantity}
            className={css.number}
            value={Number.isNaN(quantity) ? '' : quantity}
            onChange={(event) => setQuantity(event.target.valueAsNumber)}
          />
        </FormField>
        {fits && (
          <p className={css.quiet}>{t`It then comes to ${money(held.unit * quantity)} for each period.`}</p>
        )}
      </Form>
    </Dialog>
  );
}
