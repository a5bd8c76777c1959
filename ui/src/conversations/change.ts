import type { ConversationView } from '@/api';
import {
  findConversation,
  heardMeanwhile,
  holdPatch,
  type Patch,
  putConversation,
  receiveConversation,
} from './cache';
import { recount, shiftCounters } from './counters';
import type { Scope } from './scope';

/** Rows that left a list because of something done here: they go at once, without a farewell. */
export const movedByMe = new Set<string>();

/** Requests about one conversation leave in the order they were asked for. */
const queues = new Map<string, Promise<unknown>>();

export function inOrder<Result>(conversation: string, request: () => Promise<Result>): Promise<Result> {
  const previous = queues.get(conversation) ?? Promise.resolve();
  const result = previous.then(request, request);
  queues.set(
    conversation,
    result.catch(() => undefined),
  );
  return result;
}

/**
 * Changes a conversation on screen at once and on the server after it. When the server refuses, exactly
 * the patched fields go back, and the refusal is thrown. An answer without the conversation leaves it to the event.
 */
export async function change(
  scope: Scope,
  before: ConversationView,
  patch: Patch,
  request: () => Promise<ConversationView | undefined>,
) {
  const after = { ...before, ...patch };
  const release = holdPatch(before.id, patch);
  movedByMe.add(before.id);
  putConversation(scope, after, patch);
  shiftCounters(scope, before, after);
  try {
    const answer = await inOrder(before.id, request);
    const heard = heardMeanwhile(before.id);
    release();
    if (answer) receiveConversation(scope, answer);
    // What others made of it since came before the answer, and our change lay on top of it.
    if (heard) receiveConversation(scope, heard);
  } catch (error) {
    const ground = heardMeanwhile(before.id) ?? before;
    release();
    const current = findConversation(scope, before.id) ?? after;
    const back = original(ground, patch);
    putConversation(scope, { ...current, ...back }, back);
    shiftCounters(scope, after, before);
    // They may have been counted without our change in between.
    recount(scope);
    throw error;
  }
}

function original(before: ConversationView, patch: Patch): Patch {
  return Object.fromEntries(Object.entries(before).filter(([field]) => field in patch));
}
