import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
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

/** The rows of a list, and whether they may move now. */
export function useInboxList(scope: Scope, filter: ListFilter) {
  const query = useInfiniteQuery(listOptions(scope, filter));
  const actual = useMemo(() => rowsOf(query.data), [query.data]);
  const [held, setHeld] = useState(false);
  const list = JSON.stringify([scope.workspace, filter]);
  const shown = useRef({ list, ids: [] as string[] });

  const { rows, waiting } = useMemo(() => {
    const byId = new Map(actual.map((conversation) => [conversation.id, conversation]));
    const ids = [...byId.keys()];
    const before = shown.current.list === list ? shown.current.ids : [];
    const next = held ? settle(before, ids, movedByMe) : ids;
    if (!held) movedByMe.clear();
    shown.current = { list, ids: next };
    return { rows: next.flatMap((id) => row(scope, byId, id)), waiting: held ? waitingAbove(next, ids) : 0 };
  }, [actual, held, list, scope]);

  return { query, rows, waiting, hold: setHeld };
}

function row(scope: Scope, listed: Map<string, ConversationView>, id: string): InboxRow[] {
  const conversation = listed.get(id);
  if (conversation) return [{ conversation, gone: false }];
  const left = findConversation(scope, id);
  return left ? [{ conversation: left, gone: true }] : [];
}

export type InboxList = ReturnType<typeof useInboxList>;
