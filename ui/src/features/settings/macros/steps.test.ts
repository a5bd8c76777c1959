import { expect, it } from 'vitest';
import { begin, isWhole, stepKinds } from './steps';

it('a step is whole once what it is about is chosen', () => {
  const open = stepKinds.filter((kind) => !isWhole(begin(kind)));
  expect(open).toEqual(['label', 'unlabel', 'assign', 'assign_team', 'note', 'reply']);
  expect(isWhole({ kind: 'assign', member_id: 'm1' })).toBe(true);
  expect(isWhole({ kind: 'note', text: ' ' })).toBe(false);
});
