import { useQuery } from '@tanstack/react-query';
import { type MemberView, membersList } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';

const everybody = 'active,deactivated,suspended_over_limit,ended';
const PAGE = 100;

/** Everybody who is or was here; nobody for who may not see members. */
export function usePeople(): MemberView[] {
  const workspace_id = useWorkspaceId();
  const blocked = useBlockedHere()('member.view');
  const { data } = useQuery({
    queryKey: ['audit', 'people', workspace_id],
    queryFn: async ({ signal }) => {
      const people: MemberView[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { status: everybody, limit: PAGE, ...(cursor && { cursor }) };
        const { data } = await membersList({ path: { workspace_id }, query, signal });
        people.push(...data.items);
        cursor = data.next_cursor;
      } while (cursor);
      return people;
    },
    enabled: !blocked,
  });
  return data ?? [];
}
