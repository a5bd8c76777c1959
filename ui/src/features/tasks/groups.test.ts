import { expect, it } from 'vitest';
import { grouped, weekOf } from './groups';

/** A Thursday. */
const now = new Date(2026, 10, 26, 13, 0);
const task = (due: Date | null) => ({ due_at: due?.toISOString() ?? null });

it('stands where it is due, what waits longest first', () => {
  const late = task(new Date(2026, 10, 26, 12, 59));
  const later = task(new Date(2026, 10, 20));
  const today = task(new Date(2026, 10, 26, 23, 59));
  const week = task(new Date(2026, 11, 2, 23, 59));
  const next = task(new Date(2026, 11, 3));
  const free = task(null);
  expect(grouped([free, next, late, later, week, today], now)).toEqual([
    { group: 'overdue', tasks: [later, late] },
    { group: 'today', tasks: [today] },
    { group: 'week', tasks: [week] },
    { group: 'later', tasks: [next] },
    { group: 'none', tasks: [free] },
  ]);
});

it('a week begins on Monday, across the change to winter time too', () => {
  const sunday = task(new Date(2026, 9, 25, 23, 30));
  const week = weekOf([sunday, task(new Date(2026, 9, 26))], new Date(2026, 9, 25, 12));
  expect(week.map(({ day }) => day.getDate())).toEqual([19, 20, 21, 22, 23, 24, 25]);
  expect(week[6]?.tasks).toEqual([sunday]);
});
