import { useLingui } from '@lingui/react/macro';
import { type MemberView, memberSessionsDelete } from '@/api';
import { ConfirmDialog, toast } from '@/design';
import { useChange } from './useChange';

/** Closes the workspace to the sessions that a member has open. */
export function EndSessionsDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const { t } = useLingui();
  const { name } = member;
  const end = useChange((path) => memberSessionsDelete({ path }), member.id, {
    failed: t`The sessions are still open`,
    onSuccess: () => {
      toast({ title: t`The sessions of ${name} have ended here` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`End the open sessions of ${name}?`}
      description={t`On every device this workspace closes until ${name} signs in again. What they have not saved there is lost.`}
      confirm={t`End the sessions`}
      busy={end.isPending}
      onConfirm={() => end.mutate()}
    />
  );
}
