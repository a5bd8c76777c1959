import { expect, it } from 'vitest';
import { changesOf, draftOf, withGrants } from './draft';

const agent = { key: 'agent', label: 'Agent', grants: { 'note.view': 'any', 'note.edit': 'own' } } as const;

it('keeps only what differs from what the role grants', () => {
  const draft = withGrants({}, agent, { 'note.view': 'any', 'note.edit': 'any' });
  expect(draft).toEqual({ agent: { 'note.edit': 'any' } });
  expect(withGrants(draft, agent, agent.grants)).toEqual({});
});

it('lists a change with where it comes from, and none that others made meanwhile', () => {
  const draft = { agent: { 'note.edit': 'any', 'note.view': 'any' }, gone: { 'note.view': 'any' } } as const;
  expect(changesOf(draft, [agent])).toEqual([
    { carrier: 'agent', permission: 'note.edit', from: 'own', to: 'any' },
  ]);
});

it('is remembered in the tab, a workspace apart from the other', () => {
  draftOf('roles.w1').set({ agent: { 'note.edit': 'any' } });
  expect(JSON.parse(sessionStorage.getItem('guildhall.roles.w1') ?? '')).toEqual({
    agent: { 'note.edit': 'any' },
  });
  expect(draftOf('roles.w2').get()).toEqual({});
});
