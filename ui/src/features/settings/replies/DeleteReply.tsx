import { useLingui } from '@lingui/react/macro';
import { type CannedResponseView, cannedResponseDelete, cannedResponsesListQueryKey } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { ConfirmDialog } from '@/design';
import { useToolChange } from '../tools/useToolChange';

export function DeleteReply({ reply, onClose }: { reply: CannedResponseView; onClose: () => void }) {
  const { t } = useLingui();
  const failed = useFailure();
  const path = { workspace_id: useWorkspaceId() };
  const { title } = reply;
  const remove = useToolChange(
    cannedResponsesListQueryKey({ path }),
    (id: string) => cannedResponseDelete({ path: { ...path, canned_response_id: id } }),
    onClose,
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Delete ${title}?`}
      description={t`Answers that were sent with it stay as they are.`}
      confirm={t`Delete`}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(reply.id, { onError: (error) => failed(t`It is still there`, error) })}
    />
  );
}
