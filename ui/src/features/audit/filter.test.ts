import { describe, expect, it } from 'vitest';
import { auditQuery, auditSearch } from './filter';

describe('the filter in the address', () => {
  it('keeps what makes sense and leaves out the rest', () => {
    const good = { kind: 'role.created', outcome: 'denied', from: '2026-01-05' };
    expect(auditSearch({ ...good, to: 'tomorrow', person: 'Ann', colour: 'red' })).toEqual(good);
    expect(auditSearch({ kind: 7, outcome: 'undone' })).toEqual({});
  });

  it('means whole days here', () => {
    const query = auditQuery({ from: '2026-01-05', to: '2026-01-31' });
    expect(query.from).toBe(new Date(2026, 0, 5).toISOString());
    expect(query.to).toBe(new Date(2026, 1, 1).toISOString());
    expect(auditQuery({})).toEqual({});
  });
});
