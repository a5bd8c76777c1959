import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onSignedOut, sessionBegan, sessionsList } from '.';

beforeEach(() => {
  vi.useFakeTimers();
  const refused = { status: 401, code: 'unauthenticated' };
  vi.stubGlobal('fetch', async () => Response.json(refused, { status: 401 }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('leads out when the session is known no longer', async () => {
  const told = vi.fn();
  const stop = onSignedOut(told);
  const asked = sessionsList().catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1000);
  await asked;
  expect(told).toHaveBeenCalledOnce();
  stop();
});

it('takes no refusal from before a sign-in for one of the session that began', async () => {
  const told = vi.fn();
  const stop = onSignedOut(told);
  const asked = sessionsList().catch(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  sessionBegan();
  await vi.advanceTimersByTimeAsync(1000);
  await asked;
  expect(told).not.toHaveBeenCalled();
  stop();
});
