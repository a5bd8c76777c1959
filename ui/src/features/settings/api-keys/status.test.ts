import { describe, expect, it } from 'vitest';
import { statusOf } from './status';

const now = Date.parse('2026-03-01T12:00:00Z');
const good = { ended_at: null, ended_how: null };

describe('where a key stands', () => {
  it('counts the days that are left, the begun one too', () => {
    expect(statusOf({ ...good, expires_at: '2026-05-30T12:00:00Z' }, now)).toEqual({
      is: 'active',
      days: 90,
    });
    expect(statusOf({ ...good, expires_at: '2026-03-15T12:00:00Z' }, now)).toEqual({
      is: 'expiring',
      days: 14,
    });
    expect(statusOf({ ...good, expires_at: '2026-03-08T12:00:30Z' }, now)).toEqual({
      is: 'expiring',
      days: 7,
    });
    expect(statusOf({ ...good, expires_at: '2026-03-01T12:00:01Z' }, now)).toEqual({
      is: 'expiring',
      days: 1,
    });
  });

  it('notices the end of its time by itself', () => {
    const over = { ...good, expires_at: '2026-03-01T12:00:00Z' };
    expect(statusOf(over, now)).toEqual({ is: 'expired', at: over.expires_at });
  });

  it('tells how it ended', () => {
    const ended = { expires_at: '2026-05-30T12:00:00Z', ended_at: '2026-02-01T00:00:00Z' };
    for (const how of ['revoked', 'expired', 'exit'] as const)
      expect(statusOf({ ...ended, ended_how: how }, now)).toEqual({ is: how, at: ended.ended_at });
  });
});
