import { beforeEach, expect, it } from 'vitest';
import {
  billingShowQueryKey,
  type ChangeEvent,
  countersShowQueryKey,
  creditsShowQueryKey,
  invitationsListQueryKey,
  invoicesListQueryKey,
  type MessageView,
  membersListQueryKey,
  onboardingShowQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { conversationOptions, putConversation } from '@/conversations/cache';
import type { ListFilter } from '@/conversations/filter';
import { type ListData, listOptions, rowsOf } from '@/conversations/list';
import { messagesOf, type ThreadData, threadOptions } from '@/conversations/thread';
import { conversation, message } from '@/test/fixtures';
import { applyChange, applyReset } from './apply';

const scope = { workspace: 'w1', member: 'me' };
const path = { workspace_id: 'w1' };
const all: ListFilter = { view: 'all', sort: 'newest' };
const mine: ListFilter = { ...all, view: 'mine' };

const event = (more: Partial<ChangeEvent>): ChangeEvent => ({
  seq: 7,
  kind: 'conversation.updated',
  at: '2026-01-01T10:00:00.000Z',
  actor: { kind: 'member', id: 'bo', name: 'Bo' },
  subject: { kind: 'conversation', id: 'c1' },
  removed: false,
  conversation: null,
  message: null,
  customer: null,
  counters_changed: false,
  ...more,
});

const list = (...items: ReturnType<typeof conversation>[]): ListData => ({
  pages: [{ items, next_cursor: null }],
  pageParams: [null],
});
const thread = (...items: MessageView[]): ThreadData => ({
  pages: [{ items, next_cursor: null }],
  pageParams: [null],
});
const shown = (filter: ListFilter) => [
  ...rowsOf(queryClient.getQueryData<ListData>(listOptions(scope, filter).queryKey)).keys(),
];
const texts = () =>
  messagesOf(queryClient.getQueryData<ThreadData>(threadOptions(scope, 'c1').queryKey)).map(
    (each) => each.text,
  );
const isStale = (queryKey: readonly unknown[]) => queryClient.getQueryState(queryKey)?.isInvalidated;

beforeEach(() => {
  queryClient.clear();
  queryClient.setQueryData(
    listOptions(scope, all).queryKey,
    list(conversation(), conversation({ id: 'c2', last_activity_at: '2026-01-01T09:00:00.000Z' })),
  );
  queryClient.setQueryData(listOptions(scope, mine).queryKey, list());
  queryClient.setQueryData(threadOptions(scope, 'c1').queryKey, thread(message()));
});

it('brings a new message into the thread and its conversation to the top', () => {
  const next = conversation({ id: 'c2', version: 2, last_activity_at: '2026-01-01T11:00:00.000Z' });
  applyChange(scope, event({ kind: 'message.received', conversation: next }));
  expect(shown(all)).toEqual(['c2', 'c1']);
  applyChange(scope, event({ kind: 'message.received', message: message({ seq: 2, text: 'Anyone?' }) }));
  expect(texts()).toEqual(['Hello', 'Anyone?']);
});

it('changes nothing more when the same event comes twice', () => {
  const twice = event({
    conversation: conversation({ version: 2, unread_count: 1 }),
    message: message({ seq: 2, text: 'Anyone?' }),
  });
  applyChange(scope, twice);
  applyChange(scope, twice);
  expect(texts()).toEqual(['Hello', 'Anyone?']);
  expect(shown(all)).toEqual(['c1', 'c2']);
});

it('moves a conversation between the views it belongs to', () => {
  applyChange(
    scope,
    event({ conversation: conversation({ version: 2, assignee: { id: 'me', name: 'Ann' } }) }),
  );
  expect(shown(mine)).toEqual(['c1']);
  applyChange(scope, event({ conversation: conversation({ version: 3, status: 'solved' }) }));
  expect(shown(mine)).toEqual([]);
  expect(shown(all)).toEqual(['c2']);
});

it('ignores what is older than what it knows', () => {
  putConversation(scope, conversation({ version: 5, status: 'solved' }), {});
  applyChange(scope, event({ conversation: conversation({ version: 4 }) }));
  expect(queryClient.getQueryData(conversationOptions(scope, 'c1').queryKey)?.status).toBe('solved');
});

it('forgets what the caller may no longer see', () => {
  putConversation(scope, conversation(), {});
  applyChange(scope, event({ removed: true }));
  expect(shown(all)).toEqual(['c2']);
  expect(queryClient.getQueryData(conversationOptions(scope, 'c1').queryKey)).toBeUndefined();
});

it('reads the thread again when a message in between is missing', () => {
  applyChange(scope, event({ message: message({ seq: 9 }) }));
  expect(isStale(threadOptions(scope, 'c1').queryKey)).toBe(true);
});

it.each([
  ['member.joined', membersListQueryKey({ path, query: { limit: 50 } })],
  ['invitation.created', invitationsListQueryKey({ path, query: { limit: 100 } })],
  ['message.sent', onboardingShowQueryKey({ path })],
  ['invoice.paid', invoicesListQueryKey({ path })],
  ['subscription.changed', billingShowQueryKey({ path })],
  ['credit.low', creditsShowQueryKey({ path })],
])('asks again for what %s touches', (kind, queryKey) => {
  queryClient.setQueryData(queryKey, {});
  applyChange(scope, event({ kind }));
  expect(isStale(queryKey)).toBe(true);
});

it('asks again for everything after a reset', () => {
  queryClient.setQueryData(countersShowQueryKey({ path }), {});
  applyReset();
  expect(isStale(countersShowQueryKey({ path }))).toBe(true);
  expect(isStale(listOptions(scope, all).queryKey)).toBe(true);
});
