import { expect, it } from 'vitest';
import { triggerAt } from './trigger';

const at = (text: string) => triggerAt(text, text.length);

it('opens after a sign that starts a word', () => {
  expect(at('Ask @ma')).toEqual({ sign: '@', query: 'ma', from: 4, to: 7 });
  expect(at('/env')).toEqual({ sign: '/', query: 'env', from: 0, to: 4 });
  expect(at('One line\n/')).toMatchObject({ sign: '/', query: '' });
});

it('takes first and last names', () => {
  expect(at('@Maria Qui')).toMatchObject({ query: 'Maria Qui' });
  expect(at('@Maria Quintero she')).toBeNull();
});

it('leaves addresses, paths and fractions alone', () => {
  expect(at('write to ann@example')).toBeNull();
  expect(at('https://example.test/path')).toBeNull();
  expect(at('1/2')).toBeNull();
  expect(at('/env ')).toBeNull();
  expect(at('@ ')).toBeNull();
});
