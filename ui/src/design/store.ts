import { useSyncExternalStore } from 'react';

type Update<State> = State | ((state: State) => State);

export interface Store<State> {
  get: () => State;
  set: (update: Update<State>) => void;
  subscribe: (listener: () => void) => () => void;
}

/** A value outside React that `useSyncExternalStore` can watch. */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(update) {
      const next = typeof update === 'function' ? (update as (state: State) => State)(state) : update;
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<State>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, store.get);
}
