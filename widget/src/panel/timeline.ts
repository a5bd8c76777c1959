import { sameDay } from './format';
import type { State } from './store';
import type { Attachment, Message } from './types';

const GROUP_SPAN = 5 * 60_000;

/** One message as the log shows it, sent or on its way. */
export interface Entry {
  key: string;
  kind: Message['author']['kind'];
  author: string | null;
  text: string;
  attachments: Attachment[];
  at: Date;
  status: 'none' | 'queued' | 'sending' | 'failed' | 'sent' | 'read';
  /** First and last of a run by one author. */
  head: boolean;
  tail: boolean;
  newDay: boolean;
}

type Bare = Omit<Entry, 'head' | 'tail' | 'newDay'>;

/** Everything said, in order. Only the visitor's last message tells how it fared. */
export function timeline(state: State): Entry[] {
  const sent = state.threads.flatMap(({ messages, agentReadSeq }) =>
    messages.map((message): Bare => {
      const read =
        state.config?.settings.show_read_receipts &&
        (message.state === 'read' || message.seq <= agentReadSeq);
      return {
        key: message.client_id ?? message.id,
        kind: message.author.kind,
        author: message.author.name,
        text: message.text,
        attachments: message.attachments,
        at: new Date(message.sent_at),
        status: read ? 'read' : 'sent',
      };
    }),
  );
  const known = new Set(sent.map(({ key }) => key));
  const outgoing = state.outgoing
    .filter(({ client_id }) => !known.has(client_id))
    .map(
      (item): Bare => ({
        key: item.client_id,
        kind: 'visitor',
        author: null,
        text: item.text,
        attachments: item.attachments,
        at: new Date(item.at),
        status: item.failed ? 'failed' : state.reachable ? 'sending' : 'queued',
      }),
    );

  const all = [...sent, ...outgoing];
  const lastOwn = all.findLast(({ kind, status }) => kind === 'visitor' && status !== 'failed');
  return all.map((entry, i) => {
    const head = !sameRun(all[i - 1], entry);
    const shown = entry === lastOwn || entry.status === 'failed';
    return {
      ...entry,
      status: shown ? entry.status : 'none',
      head,
      tail: !sameRun(entry, all[i + 1]),
      newDay: i === 0 || !sameDay((all[i - 1] as Bare).at, entry.at),
    };
  });
}

function sameRun(one: Bare | undefined, next: Bare | undefined) {
  return (
    one !== undefined &&
    next !== undefined &&
    one.kind === next.kind &&
    one.author === next.author &&
    one.status !== 'failed' &&
    sameDay(one.at, next.at) &&
    next.at.getTime() - one.at.getTime() < GROUP_SPAN
  );
}
