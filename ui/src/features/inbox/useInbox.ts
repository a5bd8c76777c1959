import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { paths, type View } from '@/app/paths';
import type { InboxSearch } from '@/app/router';
import type { ListFilter } from '@/conversations/filter';
import { useScope } from '@/conversations/scope';

/** Where one is in the inbox: everything about it is in the address. */
export function useInbox() {
  const scope = useScope();
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const view = params.view as View;
  const { sort, unread, channel } = useSearch({ from: '/w/$workspace/inbox/$view' });

  const filter = useMemo<ListFilter>(
    () => ({ view, sort: sort ?? 'newest', unread: unread ?? false, channel: channel ?? null }),
    [view, sort, unread, channel],
  );

  return {
    scope,
    view,
    filter,
    opened: params.conversation,
    /** Opens a conversation. Moving from one to the next leaves no trail in the history. */
    open(id: string, replace = params.conversation !== undefined) {
      void navigate({ to: paths.conversation(scope.workspace, view, id), search: true, replace });
    },
    close() {
      void navigate({ to: paths.inbox(scope.workspace, view), search: true });
    },
    setView(next: View) {
      void navigate({ to: paths.inbox(scope.workspace, next) });
    },
    setSearch(next: InboxSearch) {
      const to = params.conversation
        ? paths.conversation(scope.workspace, view, params.conversation)
        : paths.inbox(scope.workspace, view);
      void navigate({ to, search: next, replace: true });
    },
  };
}

export type Inbox = ReturnType<typeof useInbox>;
