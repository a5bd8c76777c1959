import { useQuery } from '@tanstack/react-query';
import { type MemberView, membersListOptions, rolesListOptions } from '@/api';
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

/**
 * The members whose role takes no conversations, as far as the caller sees roles. What a permission set adds counts:
 * who has one is not among them.
 */
export function useUnfit(): ReadonlySet<string> {
  const scope = useScope();
  const members = useMembers();
  const blocked = useBlockedHere()('role.view');
  const { data } = useQuery({
    ...rolesListOptions({ path: { workspace_id: scope.workspace } }),
    enabled: blocked === undefined,
  });
  const grant = new Map(data?.items.map(({ key, grants }) => [key, grants['conversation.be_assigned']]));
  const unfit = members.filter(
    ({ role, permission_sets }) => permission_sets.length === 0 && grant.get(role.key) === 'none',
  );
  return new Set(unfit.map(({ id }) => id));
}

/** Whose avatars carry the line of a light seat. */
export function useLightSeats(): ReadonlySet<string> {
  const members = useMembers();
  return new Set(members.filter((member) => member.seat_type === 'collaborator').map(({ id }) => id));
}
