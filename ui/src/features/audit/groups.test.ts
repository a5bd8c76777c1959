import { describe, expect, it } from 'vitest';
import type { AuditEventView } from '@/api';
import { byDay } from './groups';

const event = (seq: number, at: string, parent_seq: number | null = null, kind = `kind.${seq}`) =>
  ({
    seq,
    at,
    parent_seq,
    chain: 'changes',
    kind,
    before: null,
    after: null,
    actor: { kind: 'member', id: 'ann' },
    subject: { kind: 'workspace', id: 'acme' },
    detail: {},
  }) as unknown as AuditEventView;

describe('the timeline', () => {
  it('puts what followed from a change under it, in its order', () => {
    const noon = new Date(2026, 0, 5, 12).toISOString();
    const [day] = byDay([event(9, noon), event(8, noon, 6), event(7, noon, 6), event(6, noon)]);
    expect(day?.happenings.map(({ event }) => event.seq)).toEqual([9, 6]);
    expect(day?.happenings[1]?.parts.map(({ seq }) => seq)).toEqual([7, 8]);
  });

  it('lets a part stand for itself whose change is not there', () => {
    const noon = new Date(2026, 0, 5, 12).toISOString();
    expect(byDay([event(8, noon, 6)])[0]?.happenings).toHaveLength(1);
  });

  it('says once what happened several times in a row', () => {
    const noon = new Date(2026, 0, 5, 12).toISOString();
    const denied = (seq: number) => event(seq, noon, null, 'access.denied');
    const [day] = byDay([denied(9), denied(8), denied(7), event(6, noon), denied(5)]);
    expect(day?.happenings.map(({ event, again }) => [event.seq, again.length])).toEqual([
      [9, 2],
      [6, 0],
      [5, 0],
    ]);
  });

  it('begins a day where one begins here', () => {
    const moments = [new Date(2026, 0, 6, 0, 1), new Date(2026, 0, 5, 23, 59)];
    const days = byDay(moments.map((moment, at) => event(2 - at, moment.toISOString())));
    expect(days).toHaveLength(2);
  });
});
