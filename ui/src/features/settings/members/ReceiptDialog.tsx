import { useLingui } from '@lingui/react/macro';
import type { ExitReceiptView, MemberView } from '@/api';
import { Button, Dialog } from '@/design';
import { useTimes } from '@/i18n/time';
import { Receipt } from './Receipt';

interface Props {
  member: Pick<MemberView, 'name'>;
  receipt: ExitReceiptView;
  onClose: () => void;
}

/** Shows after an exit what moved where. */
export function ReceiptDialog({ member, receipt, onClose }: Props) {
  const { t } = useLingui();
  const times = useTimes();
  const titles: Record<ExitReceiptView['how'], string> = {
    deactivated: t`${member.name} is deactivated`,
    removed: t`${member.name} is removed`,
    left: t`${member.name} left`,
    expired: t`The time of ${member.name} is over`,
    suspended_over_limit: t`${member.name} rests: the plan has no seat for them`,
  };
  return (
    <Dialog
      open
      size="s"
      onClose={onClose}
      title={titles[receipt.how]}
      description={times.full(receipt.at)}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t({ message: 'Done', context: 'closes a dialog' })}
        </Button>
      }
    >
      <Receipt receipt={receipt} />
    </Dialog>
  );
}
