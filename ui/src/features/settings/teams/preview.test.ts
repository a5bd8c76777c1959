import { describe, expect, it } from 'vitest';
import { type Candidate, nextTurns } from './preview';

const member = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  eligible: true,
  load: 0,
  capacity: null,
  last_assigned_at: null,
  ...more,
});
const names = (turns: ReturnType<typeof nextTurns>) => turns.map(({ chosen }) => chosen?.id ?? null);

describe('who is next', () => {
  it('goes round from the one after the last, past who is away or full', () => {
    const team = [member('Ana'), member('Bo', { eligible: false }), member('Cy', { load: 2, capacity: 3 })];
    expect(names(nextTurns('round_robin', team, 'Ana', 4))).toEqual(['Cy', 'Ana', 'Ana', 'Ana']);
    expect(names(nextTurns('round_robin', team, null, 2))).toEqual(['Ana', 'Cy']);
  });

  it('is the one with least on their hands, then who has waited longest, then the order', () => {
    const team = [member('Ana', { load: 1 }), member('Bo', { last_assigned_at: '2026-01-01' }), member('Cy')];
    expect(names(nextTurns('load_balanced', team, null, 3))).toEqual(['Cy', 'Bo', 'Ana']);
  });

  it('is nobody when everybody is away, and by hand', () => {
    const team = [member('Ana', { eligible: false })];
    expect(names(nextTurns('round_robin', team, null, 1))).toEqual([null]);
    expect(names(nextTurns('manual', [member('Bo')], null, 1))).toEqual([null]);
  });
});
