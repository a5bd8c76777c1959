import { createStore } from '@/design';

export type Overlay = 'palette' | 'shortcuts' | null;

/** What lies over the page. */
export const overlay = createStore<Overlay>(null);

/** A switch the person flips and this device remembers. */
function remembered(name: string, initial: boolean) {
  const key = `guildhall.${name}`;
  const stored = localStorage.getItem(key);
  const store = createStore(stored === null ? initial : stored === 'true');
  store.subscribe(() => localStorage.setItem(key, String(store.get())));
  return store;
}

export const railOpen = remembered('rail', true);
export const profileOpen = remembered('profile', true);
export const compactRows = remembered('compact', false);
export const setupDismissed = remembered('setup-dismissed', false);

export const toggle = (store: typeof railOpen) => store.set((on) => !on);
