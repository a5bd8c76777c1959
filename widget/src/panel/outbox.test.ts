import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HttpError } from './http';
import { createOutbox, uuid } from './outbox';
import { createStorage } from './storage';
import type { Outgoing } from './store';
import type { Sent } from './types';

type Message = { client_id: string; text: string; attachments: string[] };

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

/** An outbox before a server that does as it is told. */
function open(answer: (message: Message) => Promise<void>) {
  const delivered: Message[] = [];
  let shown: Outgoing[] = [];
  const outbox = createOutbox({
    storage: createStorage('pk_test'),
    tabs: { exclusive: (_, work) => work() },
    api: {
      async send(message) {
        await answer(message);
        delivered.push(message);
        return { conversation_id: 'c1', message: {} } as Sent;
      },
    },
    onSent: () => {},
    onChange: (outgoing) => {
      shown = outgoing;
    },
  });
  return { outbox, delivered, shown: () => shown };
}

const texts = (messages: { text: string }[]) => messages.map(({ text }) => text);

test('messages leave in the order they were written, and only then are forgotten', async () => {
  const { outbox, delivered, shown } = open(async () => {});
  outbox.add('one', []);
  await outbox.add('two', []);
  await vi.runAllTimersAsync();
  expect(texts(delivered)).toEqual(['one', 'two']);
  expect(shown()).toEqual([]);
  expect(localStorage.length).toBe(0);
});

test('out of reach they wait and go again with the same id', async () => {
  const tried: Message[] = [];
  let reachable = false;
  const { outbox, delivered, shown } = open(async (message) => {
    tried.push(message);
    if (!reachable) throw new HttpError(0);
  });
  outbox.add('one', []);
  outbox.add('two', []);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(texts(shown())).toEqual(['one', 'two']);
  expect(new Set(texts(tried))).toEqual(new Set(['one']));
  reachable = true;
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(texts(delivered)).toEqual(['one', 'two']);
  expect(new Set(tried.map(({ client_id }) => client_id)).size).toBe(2);
});

test('what was not sent before a reload is sent after it', async () => {
  const before = open(() => new Promise(() => {}));
  before.outbox.add('written', [{ id: 'f1', name: 'a.txt', content_type: 'text/plain', size: 3 }]);
  const after = open(async () => {});
  await after.outbox.flush();
  expect(after.delivered).toMatchObject([{ text: 'written', attachments: ['f1'] }]);
  expect(after.delivered[0]?.client_id).toBe(before.shown()[0]?.client_id);
});

test('a refusal is final until the visitor tries again, and holds up nothing behind it', async () => {
  let refuses = true;
  const { outbox, delivered, shown } = open(async ({ text }) => {
    if (text === 'bad' && refuses) throw new HttpError(422);
  });
  outbox.add('bad', []);
  await outbox.add('good', []);
  await vi.runAllTimersAsync();
  expect(texts(delivered)).toEqual(['good']);
  expect(shown()).toMatchObject([{ text: 'bad', failed: true }]);
  refuses = false;
  await outbox.retry(shown()[0]?.client_id ?? '');
  expect(texts(delivered)).toEqual(['good', 'bad']);
});

test('a failing server is tried four times; one that is away or busy, for ever', async () => {
  for (const [status, failed] of [
    [500, true],
    [503, false],
    [429, false],
  ] as const) {
    localStorage.clear();
    const { outbox, shown } = open(async () => {
      throw new HttpError(status);
    });
    outbox.add('hello', []);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shown()).toMatchObject([{ failed }]);
  }
});

test('the wait the server asks for is kept', async () => {
  let tries = 0;
  const { outbox } = open(async () => {
    tries++;
    throw new HttpError(429, {}, 20_000);
  });
  outbox.add('hello', []);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(tries).toBe(2);
});

test('a message that arrived by another road is no longer sent', async () => {
  const { outbox, shown } = open(async () => {
    throw new HttpError(0);
  });
  outbox.add('hello', []);
  await vi.advanceTimersByTimeAsync(0);
  outbox.settle([null, 'foreign', shown()[0]?.client_id ?? '']);
  expect(shown()).toEqual([]);
});

test('ids are UUIDs of version 4', () => {
  expect(uuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(uuid()).not.toBe(uuid());
});
