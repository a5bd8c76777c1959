import { beforeEach, expect, test, vi } from 'vitest';
import { type Api, PAGE } from './api';
import { createChat } from './chat';
import { createStore } from './store';
import type { ConversationSummary, Message } from './types';

let said: Message[];
let asked: string[];
let summaries: ConversationSummary[];

beforeEach(() => {
  said = [];
  asked = [];
  summaries = [{ id: 'c1', last_seq: 0, read_seq: 0, agent_read_seq: 0 }];
});

const message = (seq: number, kind: Message['author']['kind'] = 'member'): Message => ({
  id: `m${seq}`,
  seq,
  client_id: null,
  author: { kind, name: 'Carla' },
  text: `text ${seq}`,
  attachments: [],
  sent_at: '2026-03-01T10:00:00Z',
  state: 'sent',
});

function say(from: number, to: number) {
  for (let seq = from; seq <= to; seq++) said.push(message(seq));
}

/** A chat whose server remembers what was said. */
function open() {
  const api = {
    conversations: async () => summaries,
    latest: async () => said.slice(-PAGE),
    before: async (_: string, seq: number) => {
      asked.push(`before ${seq}`);
      return said.filter((item) => item.seq < seq).slice(-PAGE);
    },
    after: async (_: string, seq: number) => {
      asked.push(`after ${seq}`);
      return said.filter((item) => item.seq > seq).slice(0, PAGE);
    },
    read: vi.fn(async () => {}),
  };
  const store = createStore();
  const chat = createChat({
    api: api as unknown as Api,
    store,
    tabs: { tell: () => {} },
    settle: () => {},
  });
  const shown = () => store.get().threads.flatMap(({ messages }) => messages.map(({ seq }) => seq));
  return { chat, store, shown, api };
}

const change = (item: Message) => ({
  event: 'change',
  id: '9',
  data: JSON.stringify({ kind: 'message.sent', conversation_id: 'c1', message: item }),
});

test('what was said while the stream was down is fetched, though newer messages were streamed', async () => {
  const { chat, shown } = open();
  say(1, 2);
  await chat.catchUp();
  say(3, 5);
  chat.apply(change(message(5)));
  expect(shown()).toEqual([1, 2, 5]);
  await chat.catchUp();
  expect(shown()).toEqual([1, 2, 3, 4, 5]);
  expect(asked).toEqual(['after 2']);
});

test('a long absence takes several pages', async () => {
  const { chat, shown } = open();
  say(1, 1);
  await chat.catchUp();
  say(2, 2 * PAGE + 10);
  await chat.catchUp();
  expect(shown()).toHaveLength(2 * PAGE + 10);
});

test('the past is fetched page by page until there is no more', async () => {
  const { chat, store, shown } = open();
  say(1, PAGE + 10);
  await chat.catchUp();
  expect(shown()[0]).toBe(11);
  await chat.loadEarlier();
  await chat.loadEarlier();
  expect(shown()[0]).toBe(1);
  expect(asked).toEqual(['before 11']);
  expect(store.get().threads[0]?.hasEarlier).toBe(false);
});

test('an answer meant for the person before shows nothing to the next', async () => {
  const { chat, shown } = open();
  say(1, 2);
  const late = chat.catchUp();
  chat.clear();
  await late;
  expect(shown()).toEqual([]);
});

test('reading is told once, and own messages need no reading', async () => {
  const { chat, api } = open();
  said.push(message(1, 'visitor'));
  await chat.catchUp();
  chat.markRead();
  expect(api.read).not.toHaveBeenCalled();
  chat.apply(change(message(2)));
  chat.markRead();
  chat.markRead();
  expect(api.read.mock.calls).toEqual([['c1', 2]]);
});

test('read marks never go back', async () => {
  const { chat, store } = open();
  summaries = [{ id: 'c1', last_seq: 3, read_seq: 3, agent_read_seq: 2 }];
  say(1, 3);
  await chat.catchUp();
  chat.noteRead('c1', 1);
  chat.apply({
    event: 'change',
    id: '9',
    data: JSON.stringify({ kind: 'x', conversation_id: 'c1', message: null, agent_read_seq: 1 }),
  });
  expect(store.get().threads[0]).toMatchObject({ readSeq: 3, agentReadSeq: 2 });
});

test('whoever sent a message no longer types; nobody types for ever', () => {
  vi.useFakeTimers();
  const { chat, store } = open();
  const typing = { event: 'typing', id: '', data: '{"name":"Carla","state":"typing"}' };
  chat.apply(typing);
  expect(store.get().typing).toBe('Carla');
  chat.apply(change(message(1)));
  expect(store.get().typing).toBeNull();
  chat.apply(typing);
  vi.advanceTimersByTime(5_000);
  expect(store.get().typing).toBeNull();
  vi.useRealTimers();
});
