import { type ConversationView, conversationShowOptions } from '@/api';
import { queryClient } from '@/app/queryClient';
import type { ListFilter } from './filter';
import { type ListData, listsKey, place, without } from './list';
import type { Scope } from './scope';

export const conversationOptions = (scope: Scope, id: string) =>
  conversationShowOptions({ path: { workspace_id: scope.workspace, conversation_id: id } });

/** Read marks on their way to the server: an event that was written before must not undo them. */
export const readMarks = new Map<string, Pick<ConversationView, 'read_seq' | 'unread_count'>>();

export function findConversation(scope: Scope, id: string): ConversationView | undefined {
  const known = queryClient.getQueryData(conversationOptions(scope, id).queryKey);
  if (known) return known;
  for (const [, data] of queryClient.getQueriesData<ListData>({ queryKey: listsKey(scope) })) {
    for (const page of data?.pages ?? []) {
      const row = page.items.find((each) => each.id === id);
      if (row) return row;
    }
  }
}

/** Takes in what the server says, unless something newer is here already. */
export function receiveConversation(scope: Scope, next: ConversationView) {
  const known = findConversation(scope, next.id);
  if (known && next.version < known.version) return;
  putConversation(scope, { ...next, ...readMarks.get(next.id) });
}

/** Puts a conversation into its own entry and into every list it belongs to. */
export function putConversation(scope: Scope, next: ConversationView) {
  queryClient.setQueryData(conversationOptions(scope, next.id).queryKey, next);
  changeLists(scope, (data, filter) => place(data, filter, next, scope.member));
}

/** Forgets a conversation the caller may no longer see. */
export function dropConversation(scope: Scope, id: string) {
  queryClient.removeQueries({ queryKey: conversationOptions(scope, id).queryKey });
  changeLists(scope, (data) => without(data, id));
}

function changeLists(scope: Scope, change: (data: ListData, filter: ListFilter) => ListData) {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey(scope) })) {
    const filter = query.queryKey[2] as ListFilter;
    queryClient.setQueryData<ListData>(query.queryKey, (data) => data && change(data, filter));
  }
}
