import { expect, it } from 'vitest';
import type { MessageView } from '@/api';
import { message } from '@/test/fixtures';
import { messagesOf, type ThreadData, withMessage } from './thread';

const thread = (...items: MessageView[]): ThreadData => ({
  pages: [{ items, next_cursor: null }],
  pageParams: [null],
});
const reply = (state: MessageView['state']) => message({ seq: 2, direction: 'outbound', state });
const states = (data: ThreadData) => messagesOf(data).map((each) => each.state);

it('takes no receipt back when the answer to sending comes after the events', () => {
  const data = thread(message(), reply('delivered'));
  expect(states(withMessage(data, reply('sent')))).toEqual(['received', 'delivered']);
  expect(states(withMessage(data, reply('read')))).toEqual(['received', 'read']);
});

it('shows a failure whatever was known before', () => {
  expect(states(withMessage(thread(reply('sent')), reply('failed')))).toEqual(['failed']);
});
