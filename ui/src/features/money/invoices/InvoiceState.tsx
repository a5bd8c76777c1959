import { useLingui } from '@lingui/react/macro';
import type { InvoiceView } from '@/api';
import { Badge } from '@/design';
import { useTimes } from '@/i18n/time';

/** Whether an invoice is paid. */
export function InvoiceState({ invoice }: { invoice: InvoiceView }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const states = {
    open: [t`Open until ${date(invoice.due_at)}`, 'warn'],
    paid: [t`Paid`, 'ok'],
    void: [t({ message: 'Taken back', context: 'invoice' }), 'neutral'],
    uncollectible: [t`Given up`, 'danger'],
  } as const;
  const [text, tone] = states[invoice.state];
  return <Badge tone={tone}>{text}</Badge>;
}
