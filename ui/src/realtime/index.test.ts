import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { billingShowQueryKey } from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { useRealtime } from '.';

const scope = { workspace: 'w1', member: 'me' };
const shown = [meOptions.queryKey, billingShowQueryKey({ path: { workspace_id: 'w1' } })];

beforeEach(() => {
  vi.useFakeTimers();
  for (const queryKey of shown) queryClient.setQueryData<unknown>(queryKey, {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const isReadAgain = () => shown.every((queryKey) => queryClient.getQueryState(queryKey)?.isInvalidated);
const show = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
};

it('reads all again now and then where there is no stream, so that a right that came back is seen', () => {
  const { unmount } = renderHook(() => useRealtime(scope, true));
  vi.advanceTimersByTime(59_000);
  expect(isReadAgain()).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(isReadAgain()).toBe(true);
  unmount();
  for (const queryKey of shown) queryClient.setQueryData<unknown>(queryKey, {});
  vi.advanceTimersByTime(120_000);
  expect(isReadAgain()).toBe(false);
});

it('asks for nothing while nobody looks, and for all when they come back', () => {
  const { unmount } = renderHook(() => useRealtime(scope, true));
  show('hidden');
  vi.advanceTimersByTime(600_000);
  expect(isReadAgain()).toBe(false);
  show('visible');
  expect(isReadAgain()).toBe(true);
  unmount();
});
