import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type RoleView, roleDelete } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { ConfirmDialog, toast } from '@/design';
import { readRightsAgain } from '../useRights';

interface Props {
  role: RoleView;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks, by its name, whether a role that nobody has is to go. */
export function DeleteRole({ role, onClose, onDeleted }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();
  const remove = useMutation({
    mutationFn: () => roleDelete({ path: { workspace_id: workspace, role_key: role.key } }),
    onSuccess: () => {
      onDeleted();
      toast({ title: t`${role.label} is deleted` });
    },
    onError: (error) => {
      onClose();
      failed(t`${role.label} is still there`, error);
    },
    onSettled: () => readRightsAgain(workspace),
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Delete ${role.label}?`}
      description={t`Nobody has this role. What it allowed is lost and cannot be brought back.`}
      confirm={t`Delete the role`}
      typed={role.label}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}
