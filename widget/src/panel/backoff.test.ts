import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, createPause } from './backoff';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('waits double up to half a minute, and vary by half', () => {
  expect([0, 1, 2, 3, 10].map((attempt) => backoff(attempt, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 30_000,
  ]);
  expect(backoff(3, 0)).toBe(4_000);
});

test.each([
  ['the time is over', () => vi.advanceTimersByTime(5_000)],
  ['the network is back', () => dispatchEvent(new Event('online'))],
  ['somebody wakes it', (pause: ReturnType<typeof createPause>) => pause.wake()],
  ['the work is called off', (_, off: AbortController) => off.abort()],
] as [string, (pause: ReturnType<typeof createPause>, off: AbortController) => void][])(
  'a pause ends when %s',
  async (_, end) => {
    const off = new AbortController();
    const pause = createPause();
    const over = vi.fn();
    const waiting = pause.pause(5_000, off.signal).then(over);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(over).not.toHaveBeenCalled();
    end(pause, off);
    await waiting;
    expect(over).toHaveBeenCalledOnce();
  },
);
