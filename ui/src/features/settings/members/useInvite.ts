import { useNavigate } from '@tanstack/react-router';
import { useBlockedHere } from '@/app/session';

/** Opens the dialog that adds people, which stands in the address; or says why one may not. */
export function useInvite() {
  const navigate = useNavigate();
  const blockedHere = useBlockedHere();
  const blocked = blockedHere('member.invite') && blockedHere('member.invite_collaborator');
  const open = (add: 'mail' | 'directly') => () =>
    void navigate({ to: '.', search: (now) => ({ ...now, add }) });
  return { blocked, open: open('mail'), create: open('directly') };
}
