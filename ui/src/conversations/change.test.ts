import { beforeEach, expect, it } from 'vitest';
import { queryClient } from '@/app/queryClient';
import { conversation } from '@/test/fixtures';
import { findConversation, putConversation, receiveConversation } from './cache';
import { change } from './change';

const scope = { workspace: 'w', member: 'me' };
const me = { id: 'me', name: 'Ann' };
const bo = { id: 'bo', name: 'Bo' };

beforeEach(() => queryClient.clear());

it('goes back, when it is refused, to what others made of it meanwhile', async () => {
  const before = conversation({ version: 1 });
  putConversation(scope, before, {});
  const refused = change(scope, before, { assignee: me }, async () => {
    receiveConversation(scope, { ...before, assignee: bo, version: 2 });
    expect(findConversation(scope, 'c1')?.assignee).toEqual(me);
    throw new Error('taken');
  });
  await expect(refused).rejects.toThrow('taken');
  expect(findConversation(scope, 'c1')?.assignee).toEqual(bo);
});

it('goes back to what was there before when nobody else touched it', async () => {
  const before = conversation({ version: 1, assignee: bo });
  putConversation(scope, before, {});
  const refused = change(scope, before, { assignee: null }, () => Promise.reject(new Error('no')));
  await expect(refused).rejects.toThrow('no');
  expect(findConversation(scope, 'c1')?.assignee).toEqual(bo);
});

it('shows what others made of it while the answer was on its way', async () => {
  const before = conversation({ version: 1 });
  putConversation(scope, before, {});
  await change(scope, before, { mode: 'ai' }, async () => {
    receiveConversation(scope, { ...before, mode: 'handoff', version: 3 });
    return { ...before, mode: 'ai', version: 2 };
  });
  expect(findConversation(scope, 'c1')).toMatchObject({ mode: 'handoff', version: 3 });
});
