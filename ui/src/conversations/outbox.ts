import {
  type AttachmentView,
  asProblem,
  type MentionGiven,
  type MessageView,
  messageSend,
  noteCreate,
  type ProblemError,
} from '@/api';
import { createStore, useStore } from '@/design';
import { findConversation, putConversation } from './cache';
import { inOrder, movedByMe } from './change';
import type { Kind } from './drafts';
import type { Scope } from './scope';
import { receiveMessage } from './thread';

/** A message or a note that left the composer and is not on the server yet. */
export interface Outgoing {
  clientId: string;
  scope: Scope;
  conversation: string;
  kind: Kind;
  text: string;
  attachments: AttachmentView[];
  /** The ready answer that a reply came from. */
  canned?: string | undefined;
  /** Whom a note names. */
  mentions: MentionGiven[];
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

type Written = Omit<Outgoing, 'clientId' | 'at' | 'state' | 'problem'>;

/** Sends a message or a note. Resolves to it, or to null when it stays in the outbox. */
export function send(written: Written): Promise<MessageView | null> {
  const item: Outgoing = {
    ...written,
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
  const { clientId: _, at: __, state: ___, problem, ...written } = item;
  return send({ ...written, seenSeq: problem?.seen_seq ?? item.seenSeq });
}

export function discard({ clientId }: Pick<Outgoing, 'clientId'>) {
  if (!outbox.get().some((each) => each.clientId === clientId)) return;
  outbox.set((items) => items.filter((each) => each.clientId !== clientId));
  localStorage.removeItem(keyOf(clientId));
}

async function deliver(item: Outgoing): Promise<MessageView | null> {
  try {
    const { data } = await inOrder(item.conversation, () => post(item));
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

function post(item: Outgoing) {
  const { kind, clientId, scope, conversation, text, attachments, mentions, canned, seenSeq } = item;
  const request = {
    path: { workspace_id: scope.workspace, conversation_id: conversation },
    headers: { 'Idempotency-Key': clientId },
  };
  const body = { text, attachments: attachments.map((file) => file.id), client_id: clientId };
  if (kind === 'note') return noteCreate({ ...request, body: { ...body, mentions } });
  const seen_seq = Math.max(seenSeq, ownSeq.get(conversation) ?? 0);
  return messageSend({
    ...request,
    body: { ...body, seen_seq, ...(canned && { canned_response_id: canned }) },
  });
}

/** Shows what the event stream will say in a moment, so the row does not wait for it. */
function arrived(scope: Scope, message: MessageView) {
  receiveMessage(scope, message);
  const conversation = findConversation(scope, message.conversation_id);
  if (!conversation || conversation.last_seq >= message.seq) return;
  const seen = { last_seq: message.seq, read_seq: message.seq, unread_count: 0 };
  // A note moves nothing: the customer still waits.
  if (message.direction === 'internal') {
    putConversation(scope, { ...conversation, ...seen }, seen);
    return;
  }
  movedByMe.add(conversation.id);
  const answered = {
    ...seen,
    preview: { text: message.text, author_kind: message.author.kind, at: message.sent_at },
    last_outbound_seq: message.seq,
    waiting_since: null,
    last_activity_at: message.sent_at,
  };
  putConversation(scope, { ...conversation, ...answered }, answered);
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
