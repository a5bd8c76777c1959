import { infiniteQueryOptions } from '@tanstack/react-query';
import { customerConversationNotesList, customerNotesList } from '@/api';

/** Where a note about a customer stands: on the profile itself, or in a conversation. */
type Where = 'profile' | 'conversations';

/** What all notes that stand there are cached under. */
export const notesKey = (workspace: string, where: Where) => ['customer-notes', workspace, where] as const;

/** The notes on a customer, newest first. */
export const profileNotesOptions = (workspace: string, customer: string) =>
  infiniteQueryOptions({
    queryKey: [...notesKey(workspace, 'profile'), customer],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = { workspace_id: workspace, customer_id: customer };
      const query = pageParam ? { cursor: pageParam } : {};
      return (await customerNotesList({ path, query, signal })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });

/** A few at once: they stand below what matters more. */
const PAGE = 5;

/** What was noted in the conversations of a customer, newest first. */
export const conversationNotesOptions = (workspace: string, customer: string) =>
  infiniteQueryOptions({
    queryKey: [...notesKey(workspace, 'conversations'), customer],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = { workspace_id: workspace, customer_id: customer };
      const query = { limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return (await customerConversationNotesList({ path, query, signal })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });
