import { expect, test } from 'vitest';
import { createStore, needsForm, type Outgoing, type State, unreadCount } from './store';
import { timeline } from './timeline';
import type { Config, Message } from './types';

const config: Config = {
  name: 'Shop',
  settings: {
    color: '#2b4fcf',
    position: 'right',
    greeting: '',
    reply_time_hint: '',
    locale: 'auto',
    pre_chat: 'optional',
    show_read_receipts: true,
  },
  team: [],
  online: true,
};

function message(
  seq: number,
  change: Partial<Message> & { kind?: Message['author']['kind'] } = {},
) {
  const { kind = 'visitor', ...rest } = change;
  return {
    id: `m${seq}`,
    seq,
    client_id: null,
    author: { kind, name: kind === 'visitor' ? null : 'Carla' },
    text: `text ${seq}`,
    attachments: [],
    sent_at: new Date(2026, 2, 1, 10, seq).toISOString(),
    state: 'sent',
    ...rest,
  } satisfies Message;
}

function state(
  messages: Message[],
  change: Partial<State> = {},
  marks = { readSeq: 0, agentReadSeq: 0 },
) {
  const threads = [{ id: 'c1', messages, hasEarlier: false, ...marks }];
  return { ...createStore({ config, reachable: true, loaded: true }).get(), threads, ...change };
}

const outgoing = (client_id: string, change: Partial<Outgoing> = {}): Outgoing => ({
  client_id,
  text: client_id,
  attachments: [],
  at: new Date(2026, 2, 1, 11).getTime(),
  failed: false,
  ...change,
});

test('only the last own message tells how it fared', () => {
  const { status, ...last } = timeline(state([message(1), message(2)])).at(-1) ?? {};
  expect(last).toMatchObject({ key: 'm2' });
  expect(status).toBe('sent');
  expect(timeline(state([message(1), message(2)]))[0]?.status).toBe('none');
});

test('it reads "read" once the team has read it, unless the channel keeps that to itself', () => {
  const marks = { readSeq: 0, agentReadSeq: 2 };
  expect(timeline(state([message(1), message(2)], {}, marks))[1]?.status).toBe('read');
  const discreet = { ...config, settings: { ...config.settings, show_read_receipts: false } };
  const told = timeline(state([message(1), message(2)], { config: discreet }, marks));
  expect(told[1]?.status).toBe('sent');
});

test('messages on their way follow; those the server has are shown once', () => {
  const entries = timeline(
    state([message(1, { client_id: 'a' })], { outgoing: [outgoing('a'), outgoing('b')] }),
  );
  expect(entries.map(({ key, status }) => [key, status])).toEqual([
    ['a', 'none'],
    ['b', 'sending'],
  ]);
});

test('out of reach they wait; what failed says so whatever comes after', () => {
  const entries = timeline(
    state([], {
      reachable: false,
      outgoing: [outgoing('a', { failed: true }), outgoing('b')],
    }),
  );
  expect(entries.map(({ status }) => status)).toEqual(['failed', 'queued']);
});

test('runs of one author are grouped; a pause, another author or another day begins a new one', () => {
  const entries = timeline(
    state([
      message(1, { kind: 'member' }),
      message(2, { kind: 'member' }),
      message(3),
      message(4, { sent_at: new Date(2026, 2, 1, 10, 20).toISOString() }),
      message(5, { sent_at: new Date(2026, 2, 2, 10, 20).toISOString() }),
    ]),
  );
  expect(
    entries.map(({ head, tail, newDay }) => [head, tail, newDay].map(Number).join('')),
  ).toEqual(['101', '010', '110', '110', '111']);
});

test('unread is what others said after the read mark', () => {
  const messages = [
    message(1, { kind: 'member' }),
    message(2, { kind: 'ai' }),
    message(3),
    message(4, { kind: 'system' }),
    message(5, { kind: 'member' }),
  ];
  expect(unreadCount(state(messages, {}, { readSeq: 1, agentReadSeq: 0 }))).toBe(2);
});

test('the form asks strangers once, and nobody whose history is still on its way', () => {
  const fresh = state([], { threads: [] });
  expect(needsForm(fresh)).toBe(true);
  expect(needsForm({ ...fresh, loaded: false })).toBe(false);
  expect(needsForm({ ...fresh, identified: true })).toBe(false);
  expect(needsForm({ ...fresh, about: { name: '', email: '' } })).toBe(false);
  expect(needsForm({ ...fresh, outgoing: [outgoing('a')] })).toBe(false);
  expect(needsForm(state([message(1)]))).toBe(false);
});
