import { expect, it } from 'vitest';
import type { ListFilter } from './filter';
import { listOf, savedOf } from './saved';

it('keeps a list as the server does, and finds the same one again', () => {
  const lists: ListFilter[] = [
    { view: 'mine', sort: 'newest' },
    { view: 'unassigned', sort: 'oldest', unread: true, label: 'l' },
    { view: 'done', sort: 'newest', channel: 'c', team: 't', q: 'lid' },
  ];
  for (const list of lists) expect(listOf(savedOf(list))).toEqual(list);
});
