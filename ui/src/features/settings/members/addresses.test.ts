import { expect, it } from 'vitest';
import { parseAddresses } from './addresses';

it('takes addresses between blanks, commas, semicolons and lines', () => {
  expect(parseAddresses('ann@a.test, bo@a.test;cleo@a.test\n\nvic@a.test')).toEqual([
    'ann@a.test',
    'bo@a.test',
    'cleo@a.test',
    'vic@a.test',
  ]);
});

it('takes what a mail program pastes', () => {
  expect(parseAddresses('Ann Hargrove <ann@a.test>, "Bo" <bo@a.test>')).toEqual(['ann@a.test', 'bo@a.test']);
});

it('invites nobody twice, whatever the case', () => {
  expect(parseAddresses('Ann@a.test ann@A.test')).toHaveLength(1);
});

it('finds nothing in words', () => {
  expect(parseAddresses('everybody please')).toEqual([]);
});
