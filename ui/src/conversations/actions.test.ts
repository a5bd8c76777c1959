import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { queryClient } from '@/app/queryClient';
import { conversation } from '@/test/fixtures';
import { mark } from './actions';
import { findConversation, putConversation } from './cache';

const scope = { workspace: 'w', member: 'me' };
const me = { id: 'me', name: 'Ann' };
const bo = { id: 'bo', name: 'Bo' };

beforeEach(() => {
  queryClient.clear();
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
});
afterEach(() => vi.unstubAllGlobals());

it('marks what is known as read, not what was drawn: that may show a claim which was lost meanwhile', async () => {
  const known = conversation({ version: 2, assignee: bo, unread_count: 1 });
  putConversation(scope, known, {});
  await mark(scope, { ...known, assignee: me }, 1, 0);
  expect(findConversation(scope, known.id)).toMatchObject({ assignee: bo, unread_count: 0, read_seq: 1 });
});
