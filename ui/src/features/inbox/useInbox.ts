import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SavedSearchView } from '@/api';
import { isView, type Place, paths } from '@/app/paths';
import type { InboxSearch } from '@/app/router';
import type { ListFilter } from '@/conversations/filter';
import { listOf, useSavedSearches } from '@/conversations/saved';
import { useScope } from '@/conversations/scope';

/** Where one is in the inbox: everything about it is in the address. */
export function useInbox() {
  const scope = useScope();
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const place = params.view as Place;
  const search: InboxSearch = useSearch({ from: '/w/$workspace/inbox/$view' });
  const { sort, unread, channel, label } = search;

  const saved = useSavedSearches();

  const filter = useMemo<ListFilter>(
    () => ({
      ...listAt(place, saved),
      ...(sort && { sort }),
      ...(unread && { unread }),
      ...(channel && { channel }),
      ...(label && { label }),
    }),
    [place, saved, sort, unread, channel, label],
  );

  return {
    scope,
    place,
    filter,
    /** What sorts and narrows the list beyond its place. */
    search,
    opened: params.conversation,
    /** Opens a conversation. Moving from one to the next leaves no trail in the history. */
    open(id: string, replace = params.conversation !== undefined) {
      void navigate({ to: paths.conversation(scope.workspace, place, id), search: true, replace });
    },
    close() {
      void navigate({ to: paths.inbox(scope.workspace, place), search: true });
    },
    setPlace(next: Place) {
      void navigate({ to: paths.inbox(scope.workspace, next) });
    },
    setSearch(next: InboxSearch) {
      const to = params.conversation
        ? paths.conversation(scope.workspace, place, params.conversation)
        : paths.inbox(scope.workspace, place);
      void navigate({ to, search: next, replace: true });
    },
  };
}

/**
 * The list that a place stands for: a view, what calls oneself to a note, what the AI answers, the open conversations
 * of a team or with a label, or a saved one.
 */
function listAt(place: Place, searches: SavedSearchView[]): ListFilter {
  const everything = { view: 'all', sort: 'newest' } as const;
  if (isView(place)) return { ...everything, view: place };
  if (place === 'mentions') return { ...everything, mentions: true };
  if (place === 'ai') return { ...everything, mode: 'ai' };
  const [kind, id] = place.split('.');
  if (kind === 'team') return { ...everything, team: id! };
  if (kind === 'label') return { ...everything, label: id! };
  const saved = searches.find((each) => each.id === id);
  return saved ? listOf(saved.filter) : everything;
}

export type Inbox = ReturnType<typeof useInbox>;
