import { expect, it } from 'vitest';
import type { Reach } from '@/api';
import { withFollowers } from './dependencies';

const all = (): Reach[] => ['none', 'own', 'any'];

it('grants what a permission needs, as far as it goes itself', () => {
  const { grants, followed } = withFollowers({}, 'conversation.reply', 'own', all);
  expect(grants).toEqual({ 'conversation.reply': 'own', 'conversation.view': 'own' });
  expect(followed).toEqual([
    { permission: 'conversation.view', reach: 'own', because: 'conversation.reply' },
  ]);
});

it('leaves what is granted already', () => {
  const before = { 'conversation.view': 'own' } as const;
  expect(withFollowers(before, 'conversation.reply', 'any', all).followed).toEqual([]);
});

it('takes away what needs a permission that goes', () => {
  const before = { 'conversation.view': 'any', 'conversation.reply': 'own', 'note.view': 'any' } as const;
  const { grants } = withFollowers(before, 'conversation.view', 'none', all);
  expect(grants).toEqual({ 'conversation.view': 'none', 'conversation.reply': 'none', 'note.view': 'any' });
});

it('follows a chain to its end', () => {
  const { grants } = withFollowers({}, 'outreach.batch', 'any', all);
  expect(grants).toEqual({ 'outreach.batch': 'any', 'outreach.send': 'any', 'customer.view': 'any' });
});

it('never grants more than may be granted', () => {
  const { grants } = withFollowers({}, 'conversation.reply', 'any', () => ['none', 'own']);
  expect(grants['conversation.view']).toBe('own');
});
