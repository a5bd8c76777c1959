import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Http, HttpError, type Options } from './http';
import { createSession } from './session';
import { createStorage } from './storage';
import type { Tabs } from './tabs';
import type { VisitorGrant } from './types';

const DAY = 24 * 60 * 60 * 1000;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

type Body = Record<string, unknown> & { identity?: { user_id: string } };

/** A session before a door that hands out t1, t2, … or what `refuse` throws. */
function open(refuse: (body: Body) => HttpError | undefined = () => undefined) {
  const asked: Body[] = [];
  const changed = vi.fn();
  const storage = createStorage('pk_test');
  const http = {
    async json(_: string, { body }: Options) {
      asked.push(body as Body);
      const refusal = refuse(body as Body);
      if (refusal) throw refusal;
      const identity = (body as Body).identity;
      return {
        token: `t${asked.length}`,
        visitor: {
          id: identity?.user_id ?? 'stranger',
          name: null,
          email: null,
          identified: Boolean(identity),
        },
        expires_at: new Date(Date.now() + 90 * DAY).toISOString(),
      } satisfies VisitorGrant;
    },
  } as unknown as Http;
  const session = createSession({
    key: 'pk_test',
    http,
    storage,
    tabs: { exclusive: (_: string, work: () => Promise<unknown>) => work() } as Tabs,
    locale: () => 'es',
    onChange: changed,
  });
  return { session, asked, storage, changed };
}

test('a token is made once and kept over reloads', async () => {
  const { session, asked } = open();
  expect(session.visitor()).toBeNull();
  expect(await session.token()).toBe('t1');
  expect(await open().session.token()).toBe('t1');
  expect(asked).toEqual([
    { channel_key: 'pk_test', locale: 'es', page_url: 'https://shop.example/' },
  ]);
});

test('past half of its life it is exchanged, and lasts while the server is away', async () => {
  let away = true;
  const { session, asked } = open(() => (asked.length > 1 && away ? new HttpError(0) : undefined));
  await session.token();
  vi.setSystemTime(Date.now() + 46 * DAY);
  expect(await session.token()).toBe('t1');
  away = false;
  expect(await session.token()).toBe('t3');
  expect(asked[2]).toMatchObject({ visitor_token: 't1' });
});

test('a token the server no longer knows is replaced and the request made again', async () => {
  const { session, asked } = open((body) =>
    body.visitor_token ? new HttpError(401, { code: 'visitor.unknown' }) : undefined,
  );
  await session.token();
  const used: string[] = [];
  const answer = await session.authorised(async (token) => {
    used.push(token);
    if (token === 't1') throw new HttpError(401);
    return 'answer';
  });
  expect(answer).toBe('answer');
  expect(used).toEqual(['t1', 't3']);
  expect(asked.map((body) => body.visitor_token)).toEqual([undefined, 't1', undefined]);
});

test('what the form was told goes with the first token, now or when the server is back', async () => {
  let away = true;
  const { session, asked, storage } = open(() => (away ? new HttpError(0) : undefined));
  await session.introduce({ name: 'Vera', email: '' });
  away = false;
  await session.token();
  expect(asked[1]).toMatchObject({ name: 'Vera' });
  expect(asked[1]).not.toHaveProperty('email');
  expect(storage.get('about')).toEqual({ name: 'Vera', email: '' });
});

test('what the server refuses of it is asked again', async () => {
  const { session, storage } = open(() => new HttpError(422));
  await expect(session.introduce({ name: 'Vera', email: 'v@x' })).rejects.toThrow();
  expect(storage.get('about')).toBeNull();
});

test('a signed identity goes to the server in fields it knows; a claim does not', async () => {
  const { session, asked } = open();
  expect(session.identify({ user_id: 'u1', name: 'Vera' })).toBe('same');
  expect(session.identified()).toBe(false);
  const identity = { user_id: 7 as unknown as string, hash: 'abc', plan: 'gold', name: 'Vera' };
  expect(session.identify(identity)).toBe('new');
  await session.confirm();
  expect(asked[0]?.identity).toEqual({ user_id: '7', hash: 'abc', name: 'Vera' });
  expect(session.identify(identity)).toBe('same');
});

test('somebody else signing in, or the same person signing out, is a different person', async () => {
  const { session } = open();
  session.identify({ user_id: 'u1', hash: 'abc' });
  await session.confirm();
  expect(session.identify({ user_id: 'u2', hash: 'def' })).toBe('different');
  expect(session.identify(null)).toBe('different');
  session.forget();
  expect(session.identify(null)).toBe('same');
  expect(session.visitor()).toBeNull();
});

test('a wrong hash is told to the site and the visitor stays a stranger', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { session, asked } = open((body) =>
    body.identity ? new HttpError(401, { code: 'visitor.identity_invalid' }) : undefined,
  );
  session.identify({ user_id: 'u1', hash: 'wrong' });
  await session.confirm();
  expect(told).toHaveBeenCalledOnce();
  expect(asked).toHaveLength(2);
  expect(session.identified()).toBe(false);
});
