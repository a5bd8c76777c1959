import { expect, it } from 'vitest';
import { mentionsIn, splitMentions } from './mentions';

const bo = { name: 'Bo' };
const bobby = { name: 'Bo Bell' };
const team = { name: 'Support (EU)' };
const people = [bo, bobby, team];

it('finds whom a text names, the longest name first', () => {
  expect(mentionsIn('@Bo Bell knows her', people)).toEqual([bobby]);
  expect(mentionsIn('@Bo, and @bo bell. @Bo!', people)).toEqual([bo, bobby]);
  expect(mentionsIn('Ask @Support (EU) first', people)).toEqual([team]);
});

it('takes no part of a longer word for a name', () => {
  expect(mentionsIn('@Bonnie and bo@example.test', people)).toEqual([]);
});

it('splits a text at its names', () => {
  expect(splitMentions('Hi @Bo, hi', people)).toEqual(['Hi ', bo, ', hi']);
});
