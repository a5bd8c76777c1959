import { toast } from '@/design';
import { keysOf } from '@/keyboard';

interface Undoable {
  run: () => void;
}

const LAST = 20;
const stack: Undoable[] = [];

/** Remembers how to take an action back, and offers it in a toast. */
export function offerUndo(done: string, label: string, run: () => void) {
  rememberUndo(run).offer(done, label);
}

/** Remembers how to take back what is not done yet: to be offered once it is, or forgotten when there is no way back. */
export function rememberUndo(run: () => void) {
  const entry = { run };
  stack.push(entry);
  if (stack.length > LAST) stack.shift();
  return {
    offer(done: string, label: string) {
      // Taken back already, by the key.
      if (!stack.includes(entry)) return;
      toast({ title: done, action: { label, keys: keysOf('undo'), run: () => take(entry) } });
    },
    forget() {
      const at = stack.indexOf(entry);
      if (at >= 0) stack.splice(at, 1);
    },
  };
}

/** Takes back the latest action that was not taken back yet. */
export function undoLast() {
  const entry = stack.at(-1);
  if (entry) take(entry);
}

function take(entry: Undoable) {
  const at = stack.indexOf(entry);
  if (at < 0) return;
  stack.splice(at, 1);
  entry.run();
}
