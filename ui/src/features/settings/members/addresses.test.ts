import { expect, it } from 'vitest';
import { isAddress, parseWords } from './addresses';

it('takes addresses between blanks, commas, semicolons and lines', () => {
  expect(parseWords('ann@a.test, bo@a.test;cleo@a.test\n\nvic@a.test')).toEqual([
    'ann@a.test',
    'bo@a.test',
    'cleo@a.test',
    'vic@a.test',
  ]);
});

it('takes what a mail program pastes', () => {
  expect(parseWords('Ann Hargrove <ann@a.test>, "Bo" <bo@a.test>')).toEqual(['ann@a.test', 'bo@a.test']);
});

it('invites nobody twice, whatever the case', () => {
  expect(parseWords('Ann@a.test ann@A.test')).toHaveLength(1);
});

it('keeps a word that is no address, so that it can be seen and mended', () => {
  expect(parseWords('ann.a.test')).toEqual(['ann.a.test']);
  expect(isAddress('ann.a.test')).toBe(false);
});
