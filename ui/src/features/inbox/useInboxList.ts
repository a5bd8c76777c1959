import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ConversationView } from '@/api';
import { findConversation } from '@/conversations/cache';
import { movedByMe } from '@/conversations/change';
import type { ListFilter } from '@/conversations/filter';
import { listOptions, rowsOf } from '@/conversations/list';
import type { Scope } from '@/conversations/scope';
import { settle, waitingAbove } from './settle';

export interface InboxRow {
  conversation: ConversationView;
  /** It left the list by someone else's doing; it fades and goes when the list may move again. */
  gone: boolean;
}

/**
 * The order of a list, which may move only now and then, and the row of each id in it. Only the rows in sight are
 * made: every event makes the order anew, and there may be a hundred thousand of them.
 */
export function useInboxList(scope: Scope, filter: ListFilter) {
  const query = useInfiniteQuery(listOptions(scope, filter));
  const listed = useMemo(() => rowsOf(query.data), [query.data]);
  const [held, setHeld] = useState(false);
  const list = JSON.stringify([scope.workspace, filter]);
  const shown = useRef({ list, ids: [] as string[] });

  const { ids, waiting } = useMemo(() => {
    const before = shown.current.list === list ? shown.current.ids : [];
    const next = held ? settle(before, listed, movedByMe) : [...listed.keys()];
    if (!held) movedByMe.clear();
    shown.current = { list, ids: next };
    if (!held) return { ids: next, waiting: 0 };
    return {
      ids: next.filter((id) => listed.has(id) || findConversation(scope, id)),
      waiting: waitingAbove(next, listed),
    };
  }, [listed, held, list, scope]);

  const row = useCallback(
    (id: string): InboxRow | undefined => {
      const conversation = listed.get(id);
      if (conversation) return { conversation, gone: false };
      const left = findConversation(scope, id);
      return left && { conversation: left, gone: true };
    },
    [listed, scope],
  );

  return { query, ids, row, waiting, hold: setHeld };
}

export type InboxList = ReturnType<typeof useInboxList>;
