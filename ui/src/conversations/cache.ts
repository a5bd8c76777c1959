import { type ConversationView, conversationShowOptions } from '@/api';
import { patch } from '@/app/patch';
import { queryClient } from '@/app/queryClient';
import type { ListFilter } from './filter';
import { type ListData, listed, listsKey, place, without } from './list';
import type { Scope } from './scope';

export type Patch = Partial<ConversationView>;

export const conversationOptions = (scope: Scope, id: string) =>
  conversationShowOptions({ path: { workspace_id: scope.workspace, conversation_id: id } });

/** Our changes on their way to the server: an event written before them must not undo them on screen. */
const pending = new Map<string, Patch[]>();
/** What the server said of conversations meanwhile. */
const beneath = new Map<string, ConversationView>();

/** Keeps a patch on top of what the server says until the returned function is called. */
export function holdPatch(id: string, patch: Patch): () => void {
  pending.set(id, [...(pending.get(id) ?? []), patch]);
  return () => {
    const rest = (pending.get(id) ?? []).filter((each) => each !== patch);
    if (rest.length > 0) pending.set(id, rest);
    else {
      pending.delete(id);
      beneath.delete(id);
    }
  };
}

/** The newest the server said of a conversation while changes of ours were on their way to it. */
export function heardMeanwhile(id: string): ConversationView | undefined {
  return beneath.get(id);
}

export function findConversation(scope: Scope, id: string): ConversationView | undefined {
  const known = queryClient.getQueryState(conversationOptions(scope, id).queryKey);
  // Nobody looks at it and it missed something: a list may know better.
  if (known?.data && !known.isInvalidated) return known.data;
  for (const [, data] of queryClient.getQueriesData<ListData>({ queryKey: listsKey(scope) })) {
    const row = data && listed(data, id);
    if (row) return row;
  }
  return known?.data;
}

/** Takes in what the server says, unless something newer is here already. */
export function receiveConversation(scope: Scope, next: ConversationView) {
  const known = findConversation(scope, next.id);
  if (known && next.version < known.version) return;
  if (pending.has(next.id)) beneath.set(next.id, next);
  const ours: Patch = Object.assign({}, ...(pending.get(next.id) ?? []));
  putConversation(scope, { ...next, ...ours }, ours);
}

/** Puts a conversation, of which this was changed here, into its own entry and into every list it belongs to. */
export function putConversation(scope: Scope, next: ConversationView, changed: Patch) {
  /** An answer that is as new may know better of everything else, such as of one's rights. */
  const again = (known: ConversationView | undefined): ConversationView => {
    if (!known || known.version < next.version) return next;
    return known.version === next.version ? { ...known, ...changed } : known;
  };
  patch(
    conversationOptions(scope, next.id).queryKey,
    (known) => (known && known.version > next.version ? known : next),
    again,
  );
  changeLists(
    scope,
    (data, filter) => place(data, filter, next, scope.member),
    (data, filter) => place(data, filter, again(listed(data, next.id)), scope.member),
  );
}

/** Forgets a conversation the caller may no longer see. */
export function dropConversation(scope: Scope, id: string) {
  queryClient.removeQueries({ queryKey: conversationOptions(scope, id).queryKey });
  changeLists(scope, (data) => without(data, id));
}

type ListChange = (data: ListData, filter: ListFilter) => ListData;

function changeLists(scope: Scope, change: ListChange, again = change) {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey(scope) })) {
    const filter = query.queryKey[2] as ListFilter;
    patch<ListData>(
      query.queryKey,
      (data) => data && change(data, filter),
      (data) => data && again(data, filter),
    );
  }
}
