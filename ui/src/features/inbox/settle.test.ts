import { expect, it } from 'vitest';
import { settle, waitingAbove } from './settle';

const nobody = new Set<string>();

it('keeps every row in its place while new ones wait above', () => {
  expect(settle(['b', 'c'], new Set(['a', 'b', 'c']), nobody)).toEqual(['b', 'c']);
  expect(waitingAbove(['b', 'c'], new Set(['a', 'b', 'c']))).toBe(1);
});

it('keeps a row that became active where it was', () => {
  expect(settle(['b', 'c', 'd'], new Set(['d', 'b', 'c']), nobody)).toEqual(['b', 'c', 'd']);
  expect(waitingAbove(['b', 'c', 'd'], new Set(['d', 'b', 'c']))).toBe(1);
});

it('keeps the row a colleague took away, but not the one I took away', () => {
  expect(settle(['a', 'b', 'c'], new Set(['a', 'c']), nobody)).toEqual(['a', 'b', 'c']);
  expect(settle(['a', 'b', 'c'], new Set(['a', 'c']), new Set(['b']))).toEqual(['a', 'c']);
});

it('appends the next page', () => {
  expect(settle(['a', 'b'], new Set(['a', 'b', 'c', 'd']), nobody)).toEqual(['a', 'b', 'c', 'd']);
});

it('starts with what there is', () => {
  expect(settle([], new Set(['a']), nobody)).toEqual(['a']);
});
