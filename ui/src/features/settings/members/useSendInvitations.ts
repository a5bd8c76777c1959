import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import {
  asProblem,
  type InvitationCreate,
  invitationCreate,
  onboardingShowQueryKey,
  ProblemError,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { toast } from '@/design';
import { useMoneyProblem } from '@/features/money/useMoneyMessages';
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
  const text = useMoneyProblem();
  const path = { workspace_id: useWorkspaceId() };

  async function send({ emails, owner, ...offer }: Invitations): Promise<Refused> {
    const to = owner ? { email: emails[0] } : { emails };
    try {
      const { data } = await invitationCreate({ path, body: { ...to, ...offer } });
      const outcomes = 'items' in data ? data.items : [];
      return new Map(
        outcomes.flatMap(({ email, problem }) =>
          problem ? [[email, text(new ProblemError({ status: 0, ...problem }))]] : [],
        ),
      );
    } catch (error) {
      // A word that is no address has all of them refused: the others go without it.
      const wrong = wrongAddress(error, emails);
      if (!wrong) throw error;
      const others = emails.filter((email) => email !== wrong);
      const refused = others.length > 0 ? await send({ emails: others, owner, ...offer }) : new Map();
      return new Map(refused).set(wrong, t`This is no e-mail address.`);
    }
  }

  return useMutation({
    mutationFn: send,
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

/** Which of the addresses the server did not take for one. */
function wrongAddress(error: unknown, emails: string[]): string | undefined {
  const pointers = asProblem(error)?.errors.map(({ pointer }) => pointer) ?? [];
  return emails.find((_, at) =>
    pointers.some((pointer) => pointer === `/emails/${at}` || pointer === '/email'),
  );
}
