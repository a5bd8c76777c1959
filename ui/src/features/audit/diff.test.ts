import { describe, expect, it } from 'vitest';
import { differences } from './diff';

describe('before and after', () => {
  it('tells only what differs, however deep', () => {
    const before = { label: 'Support', rank: 3, grants: { 'customer.export': 'none', 'member.view': 'any' } };
    const after = { label: 'Support', rank: 3, grants: { 'customer.export': 'own', 'member.view': 'any' } };
    expect(differences(before, after)).toEqual([
      { field: ['grants', 'customer.export'], before: 'none', after: 'own' },
    ]);
  });

  it('tells what came and what went', () => {
    expect(differences(null, { name: 'Key' })).toEqual([
      { field: ['name'], before: undefined, after: 'Key' },
    ]);
    expect(differences({ tags: ['a'] }, { tags: [] })).toEqual([
      { field: ['tags'], before: ['a'], after: [] },
    ]);
    expect(differences(null, null)).toEqual([]);
  });
});
