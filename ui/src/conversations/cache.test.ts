import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ConversationList, ConversationView } from '@/api';
import { queryClient } from '@/app/queryClient';
import { conversation } from '@/test/fixtures';
import { conversationOptions, findConversation, putConversation, receiveConversation } from './cache';
import { type ListData, listOptions, rowsOf } from './list';

const scope = { workspace: 'w', member: 'me' };
const options = conversationOptions(scope, 'c1');
const all = listOptions(scope, { view: 'all', sort: 'newest' });

/** The conversation and a list are looked at, and asked for: gives back how they are answered. */
function reading() {
  const answers: ((answer: ConversationView) => void)[] = [];
  const asked = () => new Promise<ConversationView>((resolve) => answers.push(resolve));
  const list = async () => ({ items: [await asked()], next_cursor: null }) as ConversationList;
  new QueryObserver(queryClient, { ...options, queryFn: asked }).subscribe(() => undefined);
  new InfiniteQueryObserver(queryClient, { ...all, queryFn: list }).subscribe(() => undefined);
  return (answer: ConversationView) => {
    for (const resolve of answers) resolve(answer);
  };
}

const rows = () => [...rowsOf(queryClient.getQueryData<ListData>(all.queryKey)).values()];

beforeEach(() => queryClient.clear());

it('OWN-6 holds what was heard while it was read, unless the answer is newer', async () => {
  const answered = reading();
  receiveConversation(scope, conversation({ version: 3, mode: 'handoff' }));
  answered(conversation({ version: 2, mode: 'ai' }));
  await vi.waitFor(() => expect(rows()).toMatchObject([{ version: 3, mode: 'handoff' }]));
  expect(findConversation(scope, 'c1')).toMatchObject({ version: 3, mode: 'handoff' });

  queryClient.clear();
  const answeredLater = reading();
  receiveConversation(scope, conversation({ version: 3, mode: 'handoff' }));
  answeredLater(conversation({ version: 4, mode: 'manual' }));
  await vi.waitFor(() => expect(rows()).toMatchObject([{ version: 4, mode: 'manual' }]));
  expect(findConversation(scope, 'c1')).toMatchObject({ version: 4, mode: 'manual' });
});

it('INV-12 takes the rights from the answer, and keeps of what was there only what was changed meanwhile', async () => {
  const before = conversation({ version: 1, unread_count: 2, can: { 'conversation.reply': true } });
  putConversation(scope, before, {});
  void queryClient.invalidateQueries({ queryKey: options.queryKey });
  const answered = reading();
  const marked = { unread_count: 0 };
  putConversation(scope, { ...before, ...marked }, marked);
  receiveConversation(scope, { ...before, ...marked });
  answered({ ...before, can: { 'conversation.reply': 'role' } });
  const expected = { unread_count: 0, can: { 'conversation.reply': 'role' } };
  await vi.waitFor(() => expect(findConversation(scope, 'c1')).toMatchObject(expected));
  await vi.waitFor(() => expect(rows()).toMatchObject([expected]));
});
