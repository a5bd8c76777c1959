import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type InvitationCreate, invitationCreate, onboardingShowQueryKey, ProblemError } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { invitationsKey } from './invitations';

interface Invitations extends Omit<InvitationCreate, 'email' | 'emails'> {
  emails: string[];
  /** There is one owner, so such an invitation goes alone. */
  owner: boolean;
}

/** The refused addresses, each with why. */
export type Refused = ReadonlyMap<string, string>;

/** Sends invitations and tells which addresses were refused. */
export function useSendInvitations(onDone: (refused: Refused) => void) {
  const { t } = useLingui();
  const text = useProblemText();
  const path = { workspace_id: useWorkspaceId() };
  return useMutation({
    mutationFn: async ({ emails, owner, ...offer }: Invitations): Promise<Refused> => {
      const to = owner ? { email: emails[0] } : { emails };
      const { data } = await invitationCreate({ path, body: { ...to, ...offer } });
      if (!('items' in data)) return new Map();
      return new Map(
        data.items.flatMap(({ email, problem }) =>
          problem ? [[email, text(new ProblemError({ status: 0, ...problem }))]] : [],
        ),
      );
    },
    onSuccess: (refused, { emails }) => {
      void queryClient.invalidateQueries({ queryKey: invitationsKey(path.workspace_id) });
      void queryClient.invalidateQueries({ queryKey: onboardingShowQueryKey({ path }) });
      const sent = emails.length - refused.size;
      if (sent > 0) {
        toast({
          title: sent === 1 ? t`Invitation sent` : t`${sent} invitations sent`,
          description: t`If one does not arrive, have them look among spam and junk.`,
        });
      }
      onDone(refused);
    },
  });
}
