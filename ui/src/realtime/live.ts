import { useMemo, useSyncExternalStore } from 'react';
import type { PresenceEvent, PresenceMember, TypingEvent } from '@/api';

/** How long a "typing" stands without being repeated. */
const TYPING_MS = 5000;

const nobody: PresenceMember[] = [];
const present = new Map<string, PresenceMember[]>();
const typing = new Map<string, TypingEvent>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function changed() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function receivePresence({ conversation_id, members }: PresenceEvent) {
  if (members.length > 0) present.set(conversation_id, members);
  else present.delete(conversation_id);
  changed();
}

export function receiveTyping(event: TypingEvent) {
  const id = event.conversation_id;
  clearTimeout(timers.get(id));
  if (event.state === 'typing') {
    typing.set(id, event);
    timers.set(
      id,
      setTimeout(() => stopTyping(id), TYPING_MS),
    );
  } else typing.delete(id);
  changed();
}

/** Whoever sent a message is not typing it any more. */
export function stopTyping(conversation: string) {
  if (typing.delete(conversation)) changed();
}

/** Without a connection nobody is known to be here. */
export function forgetEverybody() {
  present.clear();
  typing.clear();
  changed();
}

/** The colleagues in a conversation now, those who write first. */
export function usePresence(conversation: string): PresenceMember[] {
  const members = useSyncExternalStore(subscribe, () => present.get(conversation) ?? nobody);
  return useMemo(
    () => members.toSorted((a, b) => Number(b.state === 'replying') - Number(a.state === 'replying')),
    [members],
  );
}

/** Whether the customer types in a conversation now. */
export function useCustomerTyping(conversation: string): boolean {
  return useSyncExternalStore(subscribe, () => typing.get(conversation)?.who === 'customer');
}
