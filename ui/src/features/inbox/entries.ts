import type { AiDraftView, MergeView, MessageView, ModeChangeView } from '@/api';
import { sameDay } from '@/i18n/time';

export type Entry =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'mode'; key: string; change: ModeChangeView }
  | { kind: 'draft'; key: string; draft: AiDraftView }
  | { kind: 'merge'; key: string; merge: MergeView }
  | {
      kind: 'message';
      key: string;
      message: MessageView;
      /** The last of several in a row by the same author: it carries the face and the time. */
      last: boolean;
    };

/** What happened beside the messages. */
export interface Aside {
  changes: ModeChangeView[];
  /** What the AI wrote that did not go out. */
  drafts: AiDraftView[];
  /** With what other conversations it became one, or where it goes on. */
  merges: MergeView[];
}

/** Messages of one author this close together read as one turn. */
const TURN_MS = 5 * 60_000;

/**
 * What a thread shows: messages, a pill for each day, a line where one stopped reading, and in between, by their time,
 * who took over when, what the AI did not get to say and what it became one with. What lies before the first message
 * comes with older ones.
 */
export function toEntries(messages: MessageView[], readSeq: number | null, aside?: Aside): Entry[] {
  const asides = asideEntries(aside);
  const entries: Entry[] = [];
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    if (!before || !sameDay(before.sent_at, message.sent_at)) {
      entries.push({ kind: 'day', key: `day-${message.seq}`, at: message.sent_at });
    }
    const firstNew = readSeq !== null && message.seq > readSeq && (!before || before.seq <= readSeq);
    if (firstNew) entries.push({ kind: 'new', key: 'new' });
    const next = asides.filter(({ at }) => at >= message.sent_at && (!after || at < after.sent_at));
    entries.push({
      kind: 'message',
      key: message.client_id ?? message.id,
      message,
      last:
        !after ||
        next.length > 0 ||
        !sameTurn(message, after) ||
        (readSeq === message.seq && after.seq > readSeq),
    });
    entries.push(...next.map(({ entry }) => entry));
  });
  return entries;
}

function asideEntries(
  { changes, drafts, merges }: Aside = { changes: [], drafts: [], merges: [] },
): { at: string; entry: Entry }[] {
  return [
    ...changes.map((change) => ({
      at: change.at,
      entry: { kind: 'mode' as const, key: `mode-${change.epoch}`, change },
    })),
    ...drafts.map((draft) => ({
      at: draft.created_at,
      entry: { kind: 'draft' as const, key: `draft-${draft.epoch}-${draft.inbound_seq}`, draft },
    })),
    ...merges.map((merge) => ({
      at: merge.merged_at,
      entry: { kind: 'merge' as const, key: `merge-${merge.id}`, merge },
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
}

function sameTurn(a: MessageView, b: MessageView): boolean {
  return (
    a.direction === b.direction &&
    a.author.id === b.author.id &&
    sameDay(a.sent_at, b.sent_at) &&
    Date.parse(b.sent_at) - Date.parse(a.sent_at) < TURN_MS
  );
}
