import { expect, test } from 'vitest';
import { daysUntil } from './days';

test('the day that runs counts whole, and what is over is no day', () => {
  const now = Date.parse('2026-11-26T12:00:00Z');
  expect(daysUntil('2026-11-29T12:00:00Z', now)).toBe(3);
  expect(daysUntil('2026-11-26T12:00:01Z', now)).toBe(1);
  expect(daysUntil('2026-11-26T11:00:00Z', now)).toBe(0);
});
