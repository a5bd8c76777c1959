import { useLingui } from '@lingui/react/macro';
import { billingBuyerPut, billingBuyerShowQueryKey, type PartyView } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { toast } from '@/design';
import { useMoneyChange } from '../billing';
import { PartyDialog } from './PartyDialog';

interface Props {
  /** Whom they are for so far. */
  buyer: PartyView | null;
  onClose: () => void;
}

/** Says whom invoices are for; those that were issued stay as they are. */
export function BuyerDialog({ buyer, onClose }: Props) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const say = useMoneyChange(
    (path, body: PartyView) => billingBuyerPut({ path, body }),
    (setting) => {
      queryClient.setQueryData(billingBuyerShowQueryKey({ path }), setting);
      const name = setting.buyer?.name ?? '';
      toast({ title: t`The next invoice is for ${name}` });
      onClose();
    },
  );
  return (
    <PartyDialog
      title={t`Whom invoices are for`}
      description={t`The person or company that pays for this workspace, as your books need it. It stands on every invoice from the next one on; those that were issued stay as they are.`}
      party={buyer}
      busy={say.isPending}
      error={say.error}
      onSay={say.mutate}
      onClose={onClose}
    />
  );
}
