import { describe, expect, it } from 'vitest';
import { changesOf, type RuleDraft, shadowing, takesEverything } from './draft';

const rule = (key: string, more: Partial<RuleDraft> = {}): RuleDraft => ({
  key,
  id: key,
  version: 1,
  name: key,
  enabled: true,
  conditions: { languages: ['es'] },
  action: {},
  ...more,
});

describe('routing rules', () => {
  it('that take everything leave nothing to those below', () => {
    const all = rule('all', { conditions: { languages: [] } });
    expect(takesEverything(all)).toBe(true);
    expect(takesEverything(rule('a', { conditions: { within: 'business_hours' } }))).toBe(false);
    expect(shadowing([rule('a'), all])).toBeUndefined();
    expect(shadowing([all, rule('a')])).toBe(all);
    expect(shadowing([all, rule('a', { enabled: false })])).toBeUndefined();
    expect(shadowing([{ ...all, enabled: false }, rule('a')])).toBeUndefined();
  });

  it('are saved as far as they changed', () => {
    const saved = [rule('a'), rule('b')];
    expect(changesOf(saved, saved)).toBeNull();
    const fresh = rule('new', { id: null });
    expect(changesOf(saved, [...saved, fresh])).toEqual({
      deleted: [],
      updated: [],
      created: [fresh],
      reordered: false,
    });
    const renamed = rule('b', { name: 'B' });
    expect(changesOf(saved, [fresh, renamed])).toEqual({
      deleted: ['a'],
      updated: [renamed],
      created: [fresh],
      reordered: false,
    });
    expect(changesOf(saved, [saved[1]!, saved[0]!])).toMatchObject({ reordered: true, updated: [] });
  });
});
