import { expect, it } from 'vitest';
import { lineOf, nextVersion } from './text';

it('finds a line of a text, also its last one', () => {
  const text = 'id = "shop"\nversion = 1\n\n[plan]';
  const line = (at: number) => text.slice(...lineOf(text, at));
  expect([1, 2, 3, 4].map(line)).toEqual(['id = "shop"', 'version = 1', '', '[plan]']);
});

it('goes on with the next version, and leaves every other number as it is', () => {
  expect(nextVersion('id = "shop"\nversion = 9\nmonthly = 9')).toBe('id = "shop"\nversion = 10\nmonthly = 9');
  expect(nextVersion('')).toBe('');
});
