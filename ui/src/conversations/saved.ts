import { useQuery } from '@tanstack/react-query';
import { type ListFilter as SavedFilter, type SavedSearchView, savedSearchesListOptions } from '@/api';
import type { View } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { type ListFilter, statusOf } from './filter';
import { useScope } from './scope';

const none: SavedSearchView[] = [];

/** The lists that one keeps under a name, and those that colleagues share. */
export function useSavedSearches(): SavedSearchView[] {
  const { workspace } = useScope();
  const blocked = useBlockedHere()('search.use');
  const { data } = useQuery({
    ...savedSearchesListOptions({ path: { workspace_id: workspace } }),
    enabled: blocked === undefined,
    staleTime: 5 * 60_000,
  });
  return data?.items ?? none;
}

const views: Record<NonNullable<SavedFilter['status']>, View> = {
  open: 'all',
  snoozed: 'snoozed',
  solved: 'done',
  spam: 'spam',
  archived: 'archived',
};

/** The list that a saved search stands for. */
export function listOf({
  status,
  assignee,
  team_id,
  channel_id,
  label_id,
  unread,
  mentions,
  mode,
  q,
  sort,
}: SavedFilter): ListFilter {
  const view = views[status ?? 'open'];
  return {
    view:
      view === 'all' && assignee === 'me'
        ? 'mine'
        : view === 'all' && assignee === 'nobody'
          ? 'unassigned'
          : view,
    sort: sort ?? 'newest',
    ...(unread && { unread }),
    ...(mentions && { mentions }),
    ...(mode && { mode }),
    ...(channel_id && { channel: channel_id }),
    ...(team_id && { team: team_id }),
    ...(label_id && { label: label_id }),
    ...(q && { q }),
  };
}

/** A list as the server keeps it. */
export function savedOf(list: ListFilter): SavedFilter {
  const { view, sort, unread, channel, team, label, mentions, mode, q } = list;
  return {
    status: statusOf[view],
    sort,
    ...(unread && { unread }),
    ...(mentions && { mentions }),
    ...(mode && { mode }),
    ...(view === 'mine' && { assignee: 'me' as const }),
    ...(view === 'unassigned' && { assignee: 'nobody' as const }),
    ...(channel && { channel_id: channel }),
    ...(team && { team_id: team }),
    ...(label && { label_id: label }),
    ...(q && { q }),
  };
}
