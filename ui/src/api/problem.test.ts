import { afterEach, expect, it, vi } from 'vitest';
import { meShow, onSignedOut, ProblemError, sessionCreate, workspaceCreate } from '.';

afterEach(() => vi.unstubAllGlobals());

/** Answers every request and keeps the last one. */
function answerWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  const seen: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request);
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
    });
  });
  return seen;
}

it('throws the problem with its code and its fields', async () => {
  answerWith(422, {
    status: 422,
    code: 'request.invalid',
    detail: 'The name is empty.',
    request_id: 'r1',
    errors: [{ pointer: '/name', code: 'required', detail: 'Give a name.' }],
  });
  const error = await workspaceCreate({ body: { name: '' } }).catch((caught) => caught);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ status: 422, code: 'request.invalid', message: 'The name is empty.' });
  expect(error.field('name')).toMatchObject({ code: 'required' });
  expect(error.field('email')).toBeUndefined();
});

it('says how long to wait', async () => {
  answerWith(429, { status: 429, code: 'rate.limited' }, { 'Retry-After': '30' });
  await expect(meShow()).rejects.toMatchObject({ retryAfter: 30 });
});

it('names a server that cannot be reached', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(meShow()).rejects.toMatchObject({ status: 0, code: 'network.unreachable' });
});

it('tells when the session is gone, but not when a password is wrong', async () => {
  const listener = vi.fn();
  const stop = onSignedOut(listener);
  answerWith(401, { status: 401, code: 'session.bad_credentials' });
  await expect(sessionCreate({ body: { email: 'a@b.test', password: 'wrong' } })).rejects.toThrow();
  expect(listener).not.toHaveBeenCalled();
  answerWith(401, { status: 401, code: 'session.required' });
  await expect(meShow()).rejects.toThrow();
  expect(listener).toHaveBeenCalledOnce();
  stop();
});

it('gives each creation its own key, and keeps one that it is given', async () => {
  const seen = answerWith(201, {});
  await workspaceCreate({ body: { name: 'One' } });
  await workspaceCreate({ body: { name: 'One' }, headers: { 'Idempotency-Key': 'mine' } });
  expect(seen[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
  expect(seen[1]?.headers.get('Idempotency-Key')).toBe('mine');
});
