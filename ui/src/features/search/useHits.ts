import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { searchQuery } from '@/api';

/** What the server finds for a text: customers and messages, newest first. */
export function useHits(workspace: string, text: string) {
  return useInfiniteQuery({
    queryKey: ['search', workspace, text],
    enabled: text !== '',
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await searchQuery({
        path: { workspace_id: workspace },
        query: { q: text, ...(pageParam && { cursor: pageParam }) },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
