import { type AttachmentView, asProblem, type MessageView, messageSend, type ProblemError } from '@/api';
import { createStore, useStore } from '@/design';
import { findConversation, putConversation } from './cache';
import { inOrder, movedByMe } from './change';
import type { Scope } from './scope';
import { receiveMessage } from './thread';

/** A message that left the composer and is not on the server yet. */
export interface Outgoing {
  clientId: string;
  scope: Scope;
  conversation: string;
  text: string;
  attachments: AttachmentView[];
  at: string;
  /** The latest message its author had seen. */
  seenSeq: number;
  /** `stale`: someone answered meanwhile, and the author decides. */
  state: 'sending' | 'failed' | 'stale';
  problem?: ProblemError | undefined;
}

const PREFIX = 'guildhall.outgoing.';
const keyOf = (clientId: string) => PREFIX + clientId;

const outbox = createStore<Outgoing[]>(kept());
/** The latest message sent from here: the next one need not have seen it come back. */
const ownSeq = new Map<string, number>();

export function useOutbox(scope: Scope, conversation: string): Outgoing[] {
  return useStore(outbox).filter((item) => item.conversation === conversation && isOf(scope)(item));
}

type Draft = Pick<Outgoing, 'scope' | 'conversation' | 'text' | 'attachments' | 'seenSeq'>;

/** Sends a message. Resolves to it, or to null when it stays in the outbox. */
export function send(draft: Draft): Promise<MessageView | null> {
  const item: Outgoing = {
    ...draft,
    clientId: crypto.randomUUID(),
    at: new Date().toISOString(),
    state: 'sending',
  };
  outbox.set((items) => [...items, item]);
  keep(item);
  return deliver(item);
}

/** Tries a failed message again. The server knows it by its client id and stores it once. */
export function retry(item: Outgoing): Promise<MessageView | null> {
  return deliver(update(item, { state: 'sending', problem: undefined }));
}

/** Sends again, in their order, what no answer of the server has settled. */
export function sendWaiting(scope: Scope) {
  for (const item of outbox.get().filter(isOf(scope))) {
    const status = item.problem?.status ?? 0;
    // A refusal would only come again, except for want of a session or of time.
    const refused = status >= 400 && status < 500 && status !== 401 && status !== 429;
    if (item.state === 'failed' && !refused) void retry(item);
  }
}

/** Sends after all, having seen what came in between. */
export function sendAnyway(item: Outgoing): Promise<MessageView | null> {
  discard(item);
  return send({ ...item, seenSeq: item.problem?.seen_seq ?? item.seenSeq });
}

export function discard({ clientId }: Pick<Outgoing, 'clientId'>) {
  if (!outbox.get().some((each) => each.clientId === clientId)) return;
  outbox.set((items) => items.filter((each) => each.clientId !== clientId));
  localStorage.removeItem(keyOf(clientId));
}

async function deliver(item: Outgoing): Promise<MessageView | null> {
  try {
    const { data } = await inOrder(item.conversation, () =>
      messageSend({
        path: { workspace_id: item.scope.workspace, conversation_id: item.conversation },
        headers: { 'Idempotency-Key': item.clientId },
        body: {
          text: item.text,
          attachments: item.attachments.map((attachment) => attachment.id),
          seen_seq: Math.max(item.seenSeq, ownSeq.get(item.conversation) ?? 0),
          client_id: item.clientId,
        },
      }),
    );
    ownSeq.set(item.conversation, data.seq);
    arrived(item.scope, data);
    discard(item);
    return data;
  } catch (error) {
    const problem = asProblem(error) ?? undefined;
    update(item, { state: problem?.code === 'conversation.stale' ? 'stale' : 'failed', problem });
    return null;
  }
}

/** Shows what the event stream will say in a moment, so the row does not wait for it. */
function arrived(scope: Scope, message: MessageView) {
  receiveMessage(scope, message);
  const conversation = findConversation(scope, message.conversation_id);
  if (!conversation || conversation.last_seq >= message.seq) return;
  movedByMe.add(conversation.id);
  putConversation(scope, {
    ...conversation,
    preview: { text: message.text, author_kind: message.author.kind, at: message.sent_at },
    last_seq: message.seq,
    last_outbound_seq: message.seq,
    read_seq: message.seq,
    unread_count: 0,
    waiting_since: null,
    last_activity_at: message.sent_at,
  });
}

function update(item: Outgoing, patch: Partial<Outgoing>): Outgoing {
  const next = { ...item, ...patch };
  outbox.set((items) => items.map((each) => (each.clientId === item.clientId ? next : each)));
  return next;
}

function isOf({ workspace, member }: Scope) {
  return ({ scope }: Outgoing) => scope.workspace === workspace && scope.member === member;
}

/** A page that goes away takes no message with it. */
function keep(item: Outgoing) {
  localStorage.setItem(keyOf(item.clientId), JSON.stringify(item));
}

/** What an earlier page kept and did not get rid of. */
function kept(): Outgoing[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key): Outgoing => ({ ...JSON.parse(localStorage.getItem(key) ?? ''), state: 'failed' }))
    .sort((a, b) => a.at.localeCompare(b.at));
}
