import type { ConversationMode, ConversationStatus, ConversationsListData, ConversationView } from '@/api';
import type { View } from '@/app/paths';

/** What narrows a list beyond its view; nothing in it narrows nothing. */
export interface Narrowing {
  unread?: true;
  channel?: string;
  team?: string;
  label?: string;
  /** Only what calls oneself to a note. */
  mentions?: true;
  /** Only what is in this mode. */
  mode?: ConversationMode;
  /** Words of a search. */
  q?: string;
}

/** What a list shows: a view, narrowed and sorted. */
export interface ListFilter extends Narrowing {
  view: View;
  sort: 'newest' | 'oldest';
}

export const statusOf: Record<View, ConversationStatus> = {
  mine: 'open',
  unassigned: 'open',
  all: 'open',
  snoozed: 'snoozed',
  done: 'solved',
  spam: 'spam',
  archived: 'archived',
};

export function inView(view: View, conversation: ConversationView, member: string): boolean {
  if (conversation.status !== statusOf[view]) return false;
  if (view === 'mine') return conversation.assignee?.id === member;
  if (view === 'unassigned') return conversation.assignee === null;
  return true;
}

/**
 * Reading a conversation does not take it off the unread list while one looks at it: `listed` keeps it. Whether words
 * or a mention are in it only the server can tell.
 */
export function matches(
  { view, unread, channel, team, label, mentions, mode, q }: ListFilter,
  conversation: ConversationView,
  member: string,
  listed: boolean,
): boolean {
  return (
    inView(view, conversation, member) &&
    (!unread || listed || conversation.unread_count > 0) &&
    (!channel || conversation.channel.id === channel) &&
    (!team || conversation.team?.id === team) &&
    (!label || conversation.label_ids.includes(label)) &&
    (!mode || conversation.mode === mode) &&
    (!(mentions || q) || listed)
  );
}

/** Negative when `a` stands before `b`. The id breaks ties, as on the server. */
export function compare(filter: ListFilter, a: ConversationView, b: ConversationView): number {
  const byTime =
    a.last_activity_at < b.last_activity_at ? -1 : a.last_activity_at > b.last_activity_at ? 1 : 0;
  const ascending = byTime || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return filter.sort === 'newest' ? -ascending : ascending;
}

export function toQuery(filter: ListFilter): ConversationsListData['query'] {
  return {
    status: statusOf[filter.view],
    ...(filter.view === 'mine' && { assignee_id: 'me' }),
    ...(filter.view === 'unassigned' && { assignee_id: 'none' }),
    ...(filter.unread && { unread: true }),
    ...(filter.channel && { channel_id: filter.channel }),
    ...(filter.team && { team_id: filter.team }),
    ...(filter.label && { label_id: filter.label }),
    ...(filter.mentions && { mentions: 'me' as const }),
    ...(filter.mode && { mode: filter.mode }),
    ...(filter.q && { q: filter.q }),
    ...(filter.sort === 'oldest' && { sort: 'oldest' as const }),
  };
}
