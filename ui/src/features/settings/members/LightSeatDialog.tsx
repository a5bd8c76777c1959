import { useLingui } from '@lingui/react/macro';
import type { MemberView } from '@/api';
import { ConfirmDialog } from '@/design';
import { useChangeRole } from './useChangeRole';

/** Moves a member to a light seat, after saying what that takes away. */
export function LightSeatDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const { t } = useLingui();
  const change = useChangeRole();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Change ${member.name} to a light seat?`}
      description={t`On a light seat one reads along, writes notes and is mentioned, and never reaches a customer, whatever the role says. Their open conversations go back to the queue, and their permission sets are taken off.`}
      confirm={t`Change the seat`}
      busy={change.isPending}
      onConfirm={() =>
        change.mutate({ member, role: member.role, seat: 'collaborator' }, { onSuccess: onClose })
      }
    />
  );
}
