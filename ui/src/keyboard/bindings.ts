import { createStore, useStore } from '@/design/store';
import { type CommandId, commandIds, commands } from './commands';

export interface Bindings {
  /** Single keys may be turned off as a whole; chords stay. */
  enabled: boolean;
  /** Only what differs from the standard keys. */
  changed: Partial<Record<CommandId, string>>;
}

const STORED = 'guildhall.keyboard';

export const bindings = createStore<Bindings>(stored());

export function setBindings(next: Bindings) {
  bindings.set(next);
  localStorage.setItem(STORED, JSON.stringify(next));
}

export function keysOf(id: CommandId): string {
  return bindings.get().changed[id] ?? commands[id].keys;
}

/** The keys to show beside a command; undefined when they do nothing. */
export function useKeys(id: CommandId): string | undefined {
  const { enabled, changed } = useStore(bindings);
  if (!enabled && !('fixed' in commands[id])) return undefined;
  return changed[id] ?? commands[id].keys;
}

/** The command that already has these keys, if any. */
export function commandWith(keys: string, except?: CommandId): CommandId | undefined {
  return commandIds.find((id) => id !== except && keysOf(id) === keys);
}

function stored(): Bindings {
  try {
    return { enabled: true, changed: {}, ...JSON.parse(localStorage.getItem(STORED) ?? '{}') };
  } catch {
    return { enabled: true, changed: {} };
  }
}
