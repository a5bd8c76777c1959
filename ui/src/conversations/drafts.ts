import { useSyncExternalStore } from 'react';
import type { Scope } from './scope';

const PREFIX = 'guildhall.draft';
const SAVE_MS = 300;

const texts = new Map<string, string>();
const listeners = new Set<() => void>();
const unsaved = new Map<string, ReturnType<typeof setTimeout>>();

const keyOf = (scope: Scope, conversation: string) =>
  `${PREFIX}.${scope.workspace}.${scope.member}.${conversation}`;

/** What was typed and not sent in a conversation. Kept on this device. */
export function draftOf(scope: Scope, conversation: string): string {
  const key = keyOf(scope, conversation);
  let text = texts.get(key);
  if (text === undefined) {
    text = localStorage.getItem(key) ?? '';
    texts.set(key, text);
  }
  return text;
}

export function saveDraft(scope: Scope, conversation: string, text: string) {
  const key = keyOf(scope, conversation);
  texts.set(key, text);
  clearTimeout(unsaved.get(key));
  unsaved.set(
    key,
    setTimeout(() => write(key), SAVE_MS),
  );
  for (const listener of listeners) listener();
}

export function useDraft(scope: Scope, conversation: string): string {
  return useSyncExternalStore(subscribe, () => draftOf(scope, conversation));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function write(key: string) {
  clearTimeout(unsaved.get(key));
  unsaved.delete(key);
  const text = texts.get(key);
  if (text) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}

// A page that goes away takes no half-saved words with it.
globalThis.addEventListener?.('pagehide', () => {
  for (const key of unsaved.keys()) write(key);
});
