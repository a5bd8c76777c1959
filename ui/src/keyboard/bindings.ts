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

/** The command that these keys would take away from: it has the same ones, or one of both begins with the other. */
export function commandInTheWay(keys: string, except: CommandId): CommandId | undefined {
  return commandIds.find((id) => {
    const other = keysOf(id);
    return id !== except && (other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `));
  });
}

/** Gives a command other keys; its standard ones need no entry. */
export function rebind(id: CommandId, keys: string) {
  const { [id]: _, ...changed } = bindings.get().changed;
  const standard = keys === commands[id].keys;
  setBindings({ ...bindings.get(), changed: standard ? changed : { ...changed, [id]: keys } });
}

function stored(): Bindings {
  try {
    return { enabled: true, changed: {}, ...JSON.parse(localStorage.getItem(STORED) ?? '{}') };
  } catch {
    return { enabled: true, changed: {} };
  }
}
