import { useLingui } from '@lingui/react/macro';
import {
  asProblem,
  type OperatorInvoiceView,
  operatorInvoicePaymentPut,
  operatorInvoiceVoidPut,
} from '@/api';
import { Button, Dialog, toast } from '@/design';
import { Lines } from '@/features/money/Lines';
import { useMoney } from '@/features/money/useMoney';
import { useProblemText } from '@/i18n/problem';
import { useOperatorChange, useOperatorMessages } from '../operator';

/** What is done with an invoice. */
export type Act = 'show' | 'pay' | 'void';

interface Props {
  shown: OperatorInvoiceView;
  act: Act;
  onClose: () => void;
}

/** An invoice line by line; before it is marked as paid or taken back, what that leads to. */
export function InvoiceDialog({ shown: { invoice, workspace }, act, onClose }: Props) {
  const { t } = useLingui();
  const sum = useMoney(invoice.currency)(invoice.total);
  const text = useProblemText();
  const messages = useOperatorMessages();
  const { number } = invoice;
  const path = { workspace_id: workspace.id, invoice_id: invoice.id };
  const change = useOperatorChange(
    (_: undefined) =>
      act === 'pay' ? operatorInvoicePaymentPut({ path }) : operatorInvoiceVoidPut({ path }),
    () => {
      toast({ title: act === 'pay' ? t`${number} is paid` : t`${number} is taken back` });
      onClose();
    },
  );
  const descriptions = {
    show: undefined,
    pay: t`${workspace.name} has what it ordered from now on. That cannot be taken back here: do it once the money has arrived.`,
    void: t`${workspace.name} does not have to pay it any more, and does not get what it ordered with it.`,
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={
        act === 'pay'
          ? t`Mark ${number} as paid?`
          : act === 'void'
            ? t`Take back ${number}?`
            : t`Invoice ${number}`
      }
      description={descriptions[act]}
      footer={
        act === 'show' ? (
          <Button onClick={onClose}>{t`Close`}</Button>
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button
              variant={act === 'pay' ? 'primary' : 'danger'}
              busy={change.isPending}
              onClick={() => change.mutate(undefined)}
            >
              {act === 'pay' ? t`${sum} arrived` : t`Take the invoice back`}
            </Button>
          </>
        )
      }
    >
      <Lines
        caption={t`Invoice ${number}`}
        lines={invoice.lines ?? []}
        total={[t`Total`, invoice.total]}
        currency={invoice.currency}
      />
      {change.error && (
        <p role="alert">{messages[asProblem(change.error)?.code ?? ''] ?? text(change.error)}</p>
      )}
    </Dialog>
  );
}
