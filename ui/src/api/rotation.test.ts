import { afterEach, expect, it, vi } from 'vitest';
import { meShow, sessionsList } from '.';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('waits for a slow answer that brings the new cookie before it asks again', async () => {
  let cookie = 'old';
  let answerMe: () => void = () => undefined;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (new URL(request.url).pathname === '/api/v1/me') {
      await new Promise<void>((answered) => {
        answerMe = answered;
      });
      cookie = 'new';
      return Response.json({});
    }
    return cookie === 'new'
      ? Response.json({ items: [] })
      : Response.json({ status: 401, code: 'unauthenticated' }, { status: 401 });
  });
  vi.useFakeTimers();
  const me = meShow();
  const sessions = sessionsList();
  await vi.advanceTimersByTimeAsync(2000);
  answerMe();
  await me;
  expect((await sessions).data).toEqual({ items: [] });
});
