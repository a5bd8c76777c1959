import { expect, it } from 'vitest';
import { conversation } from '@/test/fixtures';
import type { ListFilter } from './filter';
import { type ListData, place, rowsOf } from './list';

const filter: ListFilter = { view: 'all', sort: 'newest' };
const at = (minute: number) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const row = (id: string, minute: number, more = {}) =>
  conversation({ id, last_activity_at: at(minute), ...more });

function list(pages: ReturnType<typeof row>[][], next: string | null = null): ListData {
  return {
    pages: pages.map((items, index) => ({ items, next_cursor: index < pages.length - 1 ? 'more' : next })),
    pageParams: pages.map(() => null),
  };
}

const ids = (data: ListData) => [...rowsOf(data).keys()];

it('moves a conversation to the top when it becomes active', () => {
  const data = list([[row('a', 30), row('b', 20)], [row('c', 10)]]);
  expect(ids(place(data, filter, row('c', 40), 'me'))).toEqual(['c', 'a', 'b']);
});

it('keeps the place and the other rows when only the content changes', () => {
  const data = list([[row('a', 30), row('b', 20)]]);
  const next = place(data, filter, row('b', 20, { unread_count: 2 }), 'me');
  expect(ids(next)).toEqual(['a', 'b']);
  expect(next.pages[0]?.items[0]).toBe(data.pages[0]?.items[0]);
});

it('takes out what no longer belongs', () => {
  const data = list([[row('a', 30), row('b', 20)]]);
  expect(ids(place(data, filter, row('a', 30, { status: 'solved' }), 'me'))).toEqual(['b']);
});

it('leaves to a later page what stands after everything loaded', () => {
  const data = list([[row('a', 30)]], 'more');
  expect(ids(place(data, filter, row('z', 5), 'me'))).toEqual(['a']);
  expect(ids(place(list([[row('a', 30)]]), filter, row('z', 5), 'me'))).toEqual(['a', 'z']);
});

it('keeps a conversation on the unread list while it is being read', () => {
  const unread = { ...filter, unread: true as const };
  const data = list([[row('a', 30, { unread_count: 1 })]]);
  expect(ids(place(data, unread, row('a', 30, { unread_count: 0 }), 'me'))).toEqual(['a']);
  expect(ids(place(data, unread, row('b', 20, { unread_count: 0 }), 'me'))).toEqual(['a']);
});

it('shows a row once even when two pages carry it', () => {
  expect(
    ids(
      list([
        [row('a', 30), row('b', 20)],
        [row('b', 20), row('c', 10)],
      ]),
    ),
  ).toEqual(['a', 'b', 'c']);
});
