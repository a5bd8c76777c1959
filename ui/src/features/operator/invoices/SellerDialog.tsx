import { useLingui } from '@lingui/react/macro';
import { operatorSellerPut, type PartyView } from '@/api';
import { toast } from '@/design';
import { PartyDialog } from '@/features/money/invoices/PartyDialog';
import { useOperatorChange } from '../operator';

interface Props {
  /** Who they are from so far. */
  seller: PartyView | null;
  onClose: () => void;
}

/** Says who invoices are from; those that were issued stay as they are. */
export function SellerDialog({ seller, onClose }: Props) {
  const { t } = useLingui();
  const say = useOperatorChange(
    (body: PartyView) => operatorSellerPut({ body }),
    (_, { name }) => {
      toast({ title: t`The next invoice is from ${name}` });
      onClose();
    },
  );
  return (
    <PartyDialog
      title={t`Who invoices are from`}
      description={t`It stands at the head of every invoice that this server writes, from the next one on. Those that were issued stay as they are. What a payment provider collects names whom its own settings say.`}
      party={seller}
      busy={say.isPending}
      error={say.error}
      onSay={say.mutate}
      onClose={onClose}
    />
  );
}
