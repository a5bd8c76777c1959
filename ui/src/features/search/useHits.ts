import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type SearchHitView, searchQuery } from '@/api';
import { paths } from '@/app/paths';

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

/** Tells what was found from everything else that was. */
export const keyOf = ({ kind, customer, conversation_id, message_seq, note_id }: SearchHitView) =>
  [kind, customer.id, conversation_id, message_seq, note_id].join('-');

/** Where what was found can be seen: in its conversation, or on the customer’s page. */
export const placeOf = (workspace: string, { conversation_id, customer, note_id }: SearchHitView) =>
  conversation_id
    ? { to: paths.conversation(workspace, 'all', conversation_id) }
    : { to: paths.customer(workspace, customer.id), ...(note_id && { hash: note_id }) };
