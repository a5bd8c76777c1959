import type { ChangeEvent } from '@/api';
import { readAgain } from '@/app/queryClient';
import { dropConversation, receiveConversation } from '@/conversations/cache';
import { recount } from '@/conversations/counters';
import { discard } from '@/conversations/outbox';
import type { Scope } from '@/conversations/scope';
import { receiveMessage } from '@/conversations/thread';
import { receiveCustomer } from '@/features/customers/customers';
import { stopTyping } from './live';
import { readAfter } from './topics';

/** The newest event of each conversation that was dealt with: what comes late neither brings back nor takes away. */
const newest = new Map<string, number>();

function comesLate({ seq, subject }: ChangeEvent): boolean {
  if (seq < (newest.get(subject.id) ?? 0)) return true;
  newest.set(subject.id, seq);
  return false;
}

/** Brings the cache up to date with one event. Twice, late or out of turn, it changes nothing more. */
export function applyChange(scope: Scope, event: ChangeEvent) {
  const path = { workspace_id: scope.workspace };
  const { subject, conversation, message, customer } = event;

  const late = subject.kind === 'conversation' && comesLate(event);
  if (event.removed) {
    if (subject.kind === 'conversation' && !late) dropConversation(scope, subject.id);
  } else {
    if (conversation && !late) receiveConversation(scope, conversation);
    if (message) {
      receiveMessage(scope, message);
      // Word of it came before the answer, or another tab sent it.
      if (message.client_id) discard({ clientId: message.client_id });
      stopTyping(message.conversation_id);
    }
    if (customer) receiveCustomer(scope.workspace, customer);
  }
  if (event.counters_changed) recount(scope);

  for (const queryKey of readAfter(event.kind, { path, id: subject.id })) readAgain({ queryKey });
}

/** Rights or the world changed too much to patch: everything on screen is asked for again. */
export function applyReset() {
  newest.clear();
  readAgain();
}
