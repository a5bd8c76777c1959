import { queryOptions } from '@tanstack/react-query';
import {
  accessReviewShow,
  type MemberView,
  memberShow,
  membersList,
  membersListQueryKey,
  type ReviewedMember,
} from '@/api';
import { queryClient } from '@/app/queryClient';

/** Who may be here, and who was. */
const statuses = { here: 'active,deactivated,suspended_over_limit', ended: 'ended' };

/** The server's longest page. */
const PAGE = 100;

/** All members of a kind: a team is small enough to be searched where it is shown. */
export const peopleOptions = (workspace: string, kind: keyof typeof statuses) =>
  queryOptions({
    queryKey: [...membersKey(workspace), kind],
    queryFn: () =>
      everyPage<MemberView>(async (cursor) => {
        const query = { status: statuses[kind], limit: PAGE, ...cursor };
        return (await membersList({ path: { workspace_id: workspace }, query })).data;
      }),
  });

/** One member, cached beside the lists: whatever changes a member has this read again too. */
export const personOptions = (workspace: string, id: string) =>
  queryOptions({
    queryKey: [...membersKey(workspace), 'one', id],
    queryFn: async () => (await memberShow({ path: { workspace_id: workspace, member_id: id } })).data,
  });

/** Everybody who may enter, longest away first, with how many may do nearly everything. */
export const reviewOptions = (workspace: string) =>
  queryOptions({
    queryKey: [...membersKey(workspace), 'review'],
    queryFn: async () => {
      const first = await reviewPage(workspace, {});
      const items = await everyPage<ReviewedMember>((cursor) =>
        cursor.cursor ? reviewPage(workspace, cursor) : Promise.resolve(first),
      );
      return { items, share: first.admin_share };
    },
  });

const reviewPage = async (workspace: string, cursor: Cursor) =>
  (await accessReviewShow({ path: { workspace_id: workspace }, query: { limit: PAGE, ...cursor } })).data;

/** What everything about the members of a workspace is cached under: whoever changes one has it read again. */
export const membersKey = (workspace: string) => membersListQueryKey({ path: { workspace_id: workspace } });

export const readMembersAgain = (workspace: string) =>
  queryClient.invalidateQueries({ queryKey: membersKey(workspace) });

interface Cursor {
  cursor?: string;
}

async function everyPage<Item>(
  read: (cursor: Cursor) => Promise<{ items: Item[]; next_cursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: Cursor | undefined = {};
  while (cursor) {
    const page: Awaited<ReturnType<typeof read>> = await read(cursor);
    items.push(...page.items);
    cursor = page.next_cursor ? { cursor: page.next_cursor } : undefined;
  }
  return items;
}
