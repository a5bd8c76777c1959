import { createStore } from '@/design/store';

/** Short gaps are nobody's business; longer ones are announced. */
const GRACE_MS = 1500;

export const connection = createStore<'online' | 'offline'>('online');

let timer: ReturnType<typeof setTimeout> | undefined;

export function reportConnection(up: boolean) {
  clearTimeout(timer);
  timer = undefined;
  if (up) connection.set('online');
  else timer = setTimeout(() => connection.set('offline'), GRACE_MS);
}
