import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTypist } from './typing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('typing is told at once, again every three seconds, and stopped after two of silence', () => {
  const tell = vi.fn();
  const typist = createTypist(tell);
  for (let i = 0; i < 40; i++) {
    typist.keyed();
    vi.advanceTimersByTime(100);
  }
  expect(tell.mock.calls.flat()).toEqual(['typing', 'typing']);
  vi.advanceTimersByTime(2_000);
  expect(tell.mock.calls.flat()).toEqual(['typing', 'typing', 'stopped']);
  typist.stop();
  expect(tell).toHaveBeenCalledTimes(3);
});

test('sending stops it at once', () => {
  const tell = vi.fn();
  const typist = createTypist(tell);
  typist.keyed();
  typist.stop();
  vi.advanceTimersByTime(10_000);
  expect(tell.mock.calls.flat()).toEqual(['typing', 'stopped']);
});
