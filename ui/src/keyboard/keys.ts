import { bindings, keysOf } from './bindings';
import { type CommandId, commandIds, commands } from './commands';

type Handler = () => void;

/** The handlers of what is on screen, innermost last. */
const handlers = new Map<CommandId, Handler[]>();

/** How long the second key of a sequence may take. */
export const SEQUENCE_MS = 1200;
/** A letter this soon after typing in a field still belongs to the word. */
const TYPING_MS = 400;

let prefix = '';
let prefixAt = 0;
let typedAt = Number.NEGATIVE_INFINITY;

export function onCommand(id: CommandId, handler: Handler): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), handler]);
  return () =>
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((each) => each !== handler),
    );
}

export function runCommand(id: CommandId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** The name of a key press as bindings write it: `e`, `?`, `mod+enter`. Alt is never part of one. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (event.altKey || event.isComposing || event.getModifierState('AltGraph')) return undefined;
  const mod = event.metaKey || event.ctrlKey;
  const key = event.key.toLowerCase();
  if (['shift', 'control', 'meta', 'dead'].includes(key)) return undefined;
  // Shift is part of the sign itself in `?`; it counts for letters and named keys.
  const shift = event.shiftKey && (mod || key.length > 1 || /^\p{L}$/u.test(key));
  return [mod && 'mod', shift && 'shift', key].filter(Boolean).join('+');
}

export function onKeyDown(event: KeyboardEvent) {
  const name = keyName(event);
  if (!name || event.defaultPrevented) return;
  const now = performance.now();
  const inField = isField(event.target);
  const chord = name.startsWith('mod+');
  if (inField && !chord) {
    typedAt = now;
    return;
  }
  if (!chord && (!bindings.get().enabled || popupOpen() || now - typedAt < TYPING_MS)) return;

  const sequence = prefix && now - prefixAt < SEQUENCE_MS ? `${prefix} ${name}` : name;
  prefix = '';
  const match = commandIds.find((id) => keysOf(id) === sequence && (!inField || 'fixed' in commands[id]));
  if (match) {
    if (runCommand(match)) event.preventDefault();
  } else if (commandIds.some((id) => keysOf(id).startsWith(`${name} `))) {
    prefix = name;
    prefixAt = now;
  }
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}

/** Menus and dialogs take the keys themselves: letters there search or type. */
function popupOpen(): boolean {
  return document.querySelector('[role="menu"], [role="dialog"], [role="listbox"]') !== null;
}
