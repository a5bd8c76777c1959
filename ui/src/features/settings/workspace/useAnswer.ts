import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type OwnershipTransferView, ownershipTransferAccept, ownershipTransferDelete } from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions, useWorkspaceId } from '@/app/session';
import { transfersOptions } from '@/app/transfers';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';

/** What the two whom an offer concerns can do about it. */
export type Answer = 'accept' | 'decline' | 'cancel';

/** Answers an open offer of the workspace. */
export function useAnswer(transfer: OwnershipTransferView) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failure = useFailure();
  const path = { workspace_id: workspace, transfer_id: transfer.id };
  const done: Record<Answer, string> = {
    accept: t`You own this workspace now`,
    decline: t`Declined. ${transfer.from.name} stays the owner.`,
    cancel: t`Taken back. You stay the owner.`,
  };
  return useMutation({
    mutationFn: async (answer: Answer) => {
      if (answer === 'accept') await ownershipTransferAccept({ path });
      else await ownershipTransferDelete({ path });
    },
    onSuccess: (_, answer) => toast({ title: done[answer] }),
    onError: (error) => failure(t`The offer did not change`, error),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: transfersOptions(workspace).queryKey }),
        queryClient.invalidateQueries({ queryKey: meOptions.queryKey }),
      ]),
  });
}
