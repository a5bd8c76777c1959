import type { MessageView } from '@/api';
import { sameDay } from '@/i18n/time';

export type Entry =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | {
      kind: 'message';
      key: string;
      message: MessageView;
      /** The last of several in a row by the same author: it carries the face and the time. */
      last: boolean;
    };

/** Messages of one author this close together read as one turn. */
const TURN_MS = 5 * 60_000;

/** What a thread shows: messages, a pill for each day, and a line where one stopped reading. */
export function toEntries(messages: MessageView[], readSeq: number | null): Entry[] {
  const entries: Entry[] = [];
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    if (!before || !sameDay(before.sent_at, message.sent_at)) {
      entries.push({ kind: 'day', key: `day-${message.seq}`, at: message.sent_at });
    }
    const firstNew = readSeq !== null && message.seq > readSeq && (!before || before.seq <= readSeq);
    if (firstNew) entries.push({ kind: 'new', key: 'new' });
    entries.push({
      kind: 'message',
      key: message.client_id ?? message.id,
      message,
      last: !after || !sameTurn(message, after) || (readSeq === message.seq && after.seq > readSeq),
    });
  });
  return entries;
}

function sameTurn(a: MessageView, b: MessageView): boolean {
  return (
    a.direction === b.direction &&
    a.author.id === b.author.id &&
    sameDay(a.sent_at, b.sent_at) &&
    Date.parse(b.sent_at) - Date.parse(a.sent_at) < TURN_MS
  );
}
