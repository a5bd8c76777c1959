/** From a moment of a day up to, not including, another; one that is not later is of the next day. */
export interface Interval {
  day: number;
  from: string;
  to: string;
}

/** Monday first, as in ISO 8601. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Minutes since midnight; `24:00` is the end of the day. */
export const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether it goes on past midnight. */
export const isOvernight = ({ from, to }: Pick<Interval, 'from' | 'to'>): boolean =>
  minutes(to) <= minutes(from);

/** Minutes since Monday began: where an interval starts and ends. */
function spanOf(interval: Interval): [number, number] {
  const midnight = (interval.day - 1) * DAY;
  const next = isOvernight(interval) ? DAY : 0;
  return [midnight + minutes(interval.from), midnight + next + minutes(interval.to)];
}

/** The intervals of one day, first to last. */
export const onDay = <Each extends Interval>(intervals: Each[], day: number): Each[] =>
  intervals.filter((each) => each.day === day).toSorted((a, b) => a.from.localeCompare(b.from));

export type Fault = 'empty' | 'overlap';

/** What is wrong with the intervals of a day. Two that only touch do not overlap; Sunday night leads into Monday. */
export function faultOf(intervals: Interval[], day: number): Fault | null {
  const today = onDay(intervals, day);
  if (today.some(({ from, to }) => from === to)) return 'empty';
  const overlaps = (one: Interval, other: Interval) => {
    const [[from, to], [start, end]] = [spanOf(one), spanOf(other)];
    return [-WEEK, 0, WEEK].some((shift) => from < end + shift && start + shift < to);
  };
  const clash = today.some((one) => intervals.some((other) => other !== one && overlaps(one, other)));
  return clash ? 'overlap' : null;
}

/** An interval that can be added to a day: after the last one, else a usual working day. */
export function another(intervals: Interval[], day: number): Interval {
  const last = onDay(intervals, day).at(-1);
  if (!last || isOvernight(last)) return { day, from: '09:00', to: '18:00' };
  const from = later(last.to, 1);
  return { day, from, to: later(from, 4) };
}

function later(time: string, hours: number): string {
  const hour = Math.min(24, Number(time.slice(0, 2)) + hours);
  return `${String(hour).padStart(2, '0')}:${hour === 24 ? '00' : time.slice(3)}`;
}

/** Every half hour of a day, and its end. */
export const halfHours: string[] = Array.from(
  { length: 49 },
  (_, at) => `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`,
);
