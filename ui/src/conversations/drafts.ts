import { useSyncExternalStore } from 'react';
import type { Scope } from './scope';

/** What one writes: to the customer, or for the team. */
export type Kind = 'reply' | 'note';

/** What was typed and not sent in a conversation. */
export interface Draft {
  reply: string;
  note: string;
  /** Which of the two was written last. */
  kind: Kind;
  /** The version on the server that this goes on from. */
  version: number;
  /** Whether there is something in it that the server does not have yet. */
  unsynced: boolean;
}

const PREFIX = 'guildhall.drafts';
const SAVE_MS = 300;
const none: Draft = { reply: '', note: '', kind: 'reply', version: 0, unsynced: false };

type Listener = (scope: Scope, conversation: string) => void;

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const unsaved = new Map<string, ReturnType<typeof setTimeout>>();
/** Which change of any draft was the last one of each. */
const changed = new Map<string, number>();
let changes = 0;
let settled: Listener = () => undefined;

/** Calls back when the keys have rested after a change. */
export function onSettled(listener: Listener) {
  settled = listener;
}

const keyOf = (scope: Scope, conversation: string) =>
  `${PREFIX}.${scope.workspace}.${scope.member}.${conversation}`;

/** The texts that wait in a conversation, one for each kind. Kept on this device. */
export function draftOf(scope: Scope, conversation: string): Draft {
  const key = keyOf(scope, conversation);
  let draft = drafts.get(key);
  if (draft === undefined) {
    draft = stored(key);
    drafts.set(key, draft);
  }
  return draft;
}

export function saveDraft(scope: Scope, conversation: string, kind: Kind, text: string) {
  putDraft(scope, conversation, { [kind]: text, kind, unsynced: true });
  const key = keyOf(scope, conversation);
  clearTimeout(unsaved.get(key));
  const save = () => {
    write(key);
    settled(scope, conversation);
  };
  unsaved.set(key, setTimeout(save, SAVE_MS));
}

/** Takes in what another device wrote, or that the server has what was written here. */
export function putDraft(scope: Scope, conversation: string, change: Partial<Draft>) {
  const key = keyOf(scope, conversation);
  drafts.set(key, { ...draftOf(scope, conversation), ...change });
  changes += 1;
  changed.set(key, changes);
  if (!unsaved.has(key)) write(key);
  for (const listener of listeners) listener();
}

/** Begins to watch: the returned function tells whether a draft was changed since. */
export function watchDrafts(scope: Scope): (conversation: string) => boolean {
  const before = changes;
  return (conversation) => (changed.get(keyOf(scope, conversation)) ?? 0) > before;
}

/** The conversations with a draft that this device keeps. */
export function keptDrafts(scope: Scope): string[] {
  const prefix = keyOf(scope, '');
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

export function useDraft(scope: Scope, conversation: string): Draft {
  return useSyncExternalStore(subscribe, () => draftOf(scope, conversation));
}

/** The text to show in a list: the one written last, else the other. */
export function textOf({ reply, note, kind }: Draft): string {
  return kind === 'note' ? note || reply : reply || note;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(key: string): Draft {
  const text = localStorage.getItem(key);
  return text ? { ...none, ...(JSON.parse(text) as Partial<Draft>) } : none;
}

function write(key: string) {
  clearTimeout(unsaved.get(key));
  unsaved.delete(key);
  const draft = drafts.get(key);
  if (draft && (textOf(draft) || draft.unsynced)) localStorage.setItem(key, JSON.stringify(draft));
  else localStorage.removeItem(key);
}

// A page that goes away takes no half-saved words with it.
globalThis.addEventListener?.('pagehide', () => {
  for (const key of unsaved.keys()) write(key);
});
