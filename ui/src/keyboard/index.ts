import { useEffect, useEffectEvent } from 'react';
import type { CommandId } from './commands';
import { onCommand, onKeyDown } from './keys';

export { bindings, commandInTheWay, keysOf, rebind, setBindings, useKeys } from './bindings';
export { type Command, type CommandId, commandIds, commands } from './commands';
export { keyName, runCommand, SEQUENCE_MS } from './keys';

/** Answers a command's keys while the component is mounted. */
export function useCommand(id: CommandId, handler: () => void, enabled = true) {
  const run = useEffectEvent(handler);
  useEffect(() => {
    if (enabled) return onCommand(id, () => run());
  }, [id, enabled]);
}

/** Listens for the whole application; mounted once. */
export function useKeyboard() {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
