import { useQuery } from '@tanstack/react-query';
import { type MemberView, membersListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useScope } from './scope';

/** The active members, oneself first. */
export function useMembers(): MemberView[] {
  const scope = useScope();
  const blocked = useBlockedHere()('member.view');
  const { data } = useQuery({
    ...membersListOptions({ path: { workspace_id: scope.workspace }, query: { limit: 100 } }),
    enabled: blocked === undefined,
    staleTime: 5 * 60_000,
  });
  const active = data?.items.filter((member) => member.status === 'active') ?? [];
  return active.toSorted((a, b) => Number(b.is_me) - Number(a.is_me) || a.name.localeCompare(b.name));
}

/** Whose avatars carry the line of a light seat. */
export function useLightSeats(): ReadonlySet<string> {
  const members = useMembers();
  return new Set(members.filter((member) => member.seat_type === 'collaborator').map(({ id }) => id));
}
