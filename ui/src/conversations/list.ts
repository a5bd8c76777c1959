import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { type ConversationList, type ConversationView, conversationsList } from '@/api';
import { compare, type ListFilter, matches, toQuery } from './filter';
import type { Scope } from './scope';

export type ListData = InfiniteData<ConversationList>;

const PAGE = 100;

export const listsKey = (scope: Scope) => ['conversations', scope.workspace] as const;

export function listOptions(scope: Scope, filter: ListFilter) {
  return infiniteQueryOptions({
    queryKey: [...listsKey(scope), filter] as const,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await conversationsList({
        path: { workspace_id: scope.workspace },
        query: { ...toQuery(filter), limit: PAGE, ...(pageParam && { cursor: pageParam }) },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The rows of all pages in their order. One that moved while pages were loading may be in two; the first counts. */
export function rowsOf(data: ListData | undefined): Map<string, ConversationView> {
  const rows = new Map<string, ConversationView>();
  for (const page of data?.pages ?? []) {
    for (const row of page.items) if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return rows;
}

export function listed(data: ListData, id: string): ConversationView | undefined {
  for (const { items } of data.pages) {
    const row = items.find((each) => each.id === id);
    if (row) return row;
  }
}

/** The list with one conversation put where it belongs now, or taken out; a newer one in it stays. */
export function place(data: ListData, filter: ListFilter, next: ConversationView, member: string): ListData {
  const known = listed(data, next.id);
  if (known && known.version > next.version) return data;
  const belongs = matches(filter, next, member, known !== undefined);
  if (!belongs) return known ? without(data, next.id) : data;
  if (known && known.last_activity_at === next.last_activity_at) {
    return changePagesWith(next.id, data, (items) => items.map((row) => (row.id === next.id ? next : row)));
  }
  return insert(known ? without(data, next.id) : data, filter, next);
}

export function without(data: ListData, id: string): ListData {
  return changePagesWith(id, data, (items) => items.filter((row) => row.id !== id));
}

function insert(data: ListData, filter: ListFilter, next: ConversationView): ListData {
  const last = data.pages.length - 1;
  const page = data.pages.findIndex((each) => each.items.some((row) => compare(filter, next, row) < 0));
  // After everything loaded: it comes with a later page, unless there is none.
  if (page < 0 && data.pages[last]?.next_cursor) return data;
  const target = page < 0 ? last : page;
  return {
    ...data,
    pages: data.pages.map((each, index) => {
      if (index !== target) return each;
      const before = each.items.findIndex((row) => compare(filter, next, row) < 0);
      const at = before < 0 ? each.items.length : before;
      return { ...each, items: each.items.toSpliced(at, 0, next) };
    }),
  };
}

/** Changes the items of the pages that hold a conversation; all others stay identical. */
function changePagesWith(
  id: string,
  data: ListData,
  change: (items: ConversationView[]) => ConversationView[],
): ListData {
  const holds = (page: ConversationList) => page.items.some((row) => row.id === id);
  return {
    ...data,
    pages: data.pages.map((page) => (holds(page) ? { ...page, items: change(page.items) } : page)),
  };
}
