import { useQuery } from '@tanstack/react-query';
import { type MemberList, type MemberView, membersListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useScope } from './scope';

const nobody: MemberView[] = [];
const noSeats: ReadonlySet<string> = new Set();

/** The active members, oneself first. */
export const useMembers = () => useMade(active) ?? nobody;

/** Whose avatars carry the line of a light seat. */
export const useLightSeats = () => useMade(lightSeats) ?? noSeats;

/** What is made of the members, when they change: most parts of an open conversation ask for it whenever they are drawn. */
function useMade<Made>(select: (members: MemberList) => Made): Made | undefined {
  const scope = useScope();
  const blocked = useBlockedHere()('member.view');
  const { data } = useQuery({
    ...membersListOptions({ path: { workspace_id: scope.workspace }, query: { limit: 100 } }),
    enabled: blocked === undefined,
    staleTime: 5 * 60_000,
    select,
  });
  return data;
}

function active({ items }: MemberList): MemberView[] {
  return items
    .filter((member) => member.status === 'active')
    .sort((a, b) => Number(b.is_me) - Number(a.is_me) || a.name.localeCompare(b.name));
}

function lightSeats(members: MemberList): ReadonlySet<string> {
  return new Set(
    active(members)
      .filter((member) => member.seat_type === 'collaborator')
      .map(({ id }) => id),
  );
}
