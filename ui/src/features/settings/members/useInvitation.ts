import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type InvitationView, invitationDelete, invitationResend } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { invitationsKey } from './invitations';

/** Sends an invitation again, with a new link and a new term. */
export function useResend({ id, email }: InvitationView) {
  const { t } = useLingui();
  return useAnswer(id, invitationResend, t`Sent again to ${email}`);
}

/** Withdraws an invitation; its link is dead at once. */
export function useRevoke({ id, email }: InvitationView) {
  const { t } = useLingui();
  return useAnswer(id, invitationDelete, t`The invitation of ${email} is withdrawn`);
}

function useAnswer(
  id: string,
  send: (options: { path: { workspace_id: string; invitation_id: string } }) => Promise<unknown>,
  done: string,
) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failure = useFailure();
  return useMutation({
    mutationFn: () => send({ path: { workspace_id: workspace, invitation_id: id } }),
    onSuccess: () => toast({ title: done }),
    onError: (error) => failure(t`The invitation did not change`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: invitationsKey(workspace) }),
  });
}
