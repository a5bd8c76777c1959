import { expect, it } from 'vitest';
import { passwordHint } from './password';

it('counts down to the shortest length', () => {
  expect(passwordHint('')).toEqual({ level: 'empty' });
  expect(passwordHint('short')).toEqual({ level: 'short', missing: 7 });
});

it('counts characters, not code units', () => {
  expect(passwordHint('🔑'.repeat(11))).toEqual({ level: 'short', missing: 1 });
});

it('refuses more than 128 characters', () => {
  expect(passwordHint('ab1 '.repeat(33))).toEqual({ level: 'long' });
});

it.each([
  ['aaaaaaaaaaaaaa', 'repeats'],
  ['abababababab', 'repeats'],
  ['abcdefghijkl', 'sequence'],
  ['qwertyuiop12', 'sequence'],
  ['9876543210zz', 'sequence'],
  ['guildhall123', 'personal'],
])('calls %s weak: %s', (password, because) => {
  expect(passwordHint(password)).toEqual({ level: 'weak', because });
});

it('calls one made of what else was typed weak', () => {
  expect(passwordHint('hargrove2026', ['Ann Hargrove'])).toEqual({ level: 'weak', because: 'personal' });
  expect(passwordHint('hargrove2026', ['ann@hargrove.test'])).toEqual({ level: 'weak', because: 'personal' });
});

it('values length', () => {
  expect(passwordHint('river-otter4')).toEqual({ level: 'good' });
  expect(passwordHint('river otter copper moon')).toEqual({ level: 'strong' });
});
