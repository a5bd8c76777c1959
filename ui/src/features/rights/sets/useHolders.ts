import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import { membersListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';

/** The server's longest page. */
const MOST = 100;

/** The members who have a permission set, as far as the first page of them goes. */
export function useHolders(set: string) {
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('member.view');
  const members = useQuery({ ...membersListOptions({ path, query: { limit: MOST } }), enabled: !blocked });
  return (members.data?.items ?? []).filter(({ permission_sets }) =>
    permission_sets.some(({ id }) => id === set),
  );
}

/** How many have it, in words. */
export function useHoldersText(): (count: number) => string {
  useLingui();
  return (count) => plural(count, { 0: 'Nobody has it', one: '# person has it', other: '# people have it' });
}
