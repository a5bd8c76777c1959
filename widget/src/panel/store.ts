import type { About } from './session';
import type { Attachment, Config, Message } from './types';

/** A message on its way: kept in storage until the server has it. */
export interface Outgoing {
  client_id: string;
  text: string;
  attachments: Attachment[];
  at: number;
  failed: boolean;
}

export interface Thread {
  id: string;
  messages: Message[];
  readSeq: number;
  agentReadSeq: number;
  /** Whether the server holds older messages than those shown. */
  hasEarlier: boolean;
}

export interface State {
  phase: 'loading' | 'refused' | 'unreachable' | 'busy' | 'ready';
  config: Config | null;
  /** What the pre-chat form was told; null until it was answered. */
  about: About | null;
  identified: boolean;
  reachable: boolean;
  /** What was said before is here, as far as the server could be asked. */
  loaded: boolean;
  open: boolean;
  /** Oldest first; new messages belong to the last one. */
  threads: Thread[];
  outgoing: Outgoing[];
  /** Name of the person typing on the other side. */
  typing: string | null;
}

export type Store = ReturnType<typeof createStore>;

/** The panel's state; listeners run once after all changes of a turn. */
export function createStore(known: Partial<State> = {}) {
  let state: State = {
    phase: 'loading',
    config: null,
    about: null,
    identified: false,
    reachable: navigator.onLine,
    loaded: false,
    open: false,
    threads: [],
    outgoing: [],
    typing: null,
    ...known,
  };
  const listeners: ((state: State) => void)[] = [];
  let scheduled = false;

  return {
    get: () => state,
    set(change: Partial<State>) {
      state = { ...state, ...change };
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        for (const listener of listeners) listener(state);
      });
    },
    subscribe: (listener: (state: State) => void) => void listeners.push(listener),
  };
}

/** Messages from the other side that the visitor has not seen. */
export const unreadCount = ({ threads }: Pick<State, 'threads'>) =>
  threads
    .flatMap(({ messages, readSeq }) => messages.filter(({ seq }) => seq > readSeq))
    .filter(({ author }) => author.kind === 'member' || author.kind === 'ai').length;

/** The pre-chat form asks once, and never someone the site vouches for or who already wrote. */
export const needsForm = ({ config, about, identified, loaded, threads, outgoing }: State) =>
  loaded &&
  (config?.settings.pre_chat ?? 'none') !== 'none' &&
  !about &&
  !identified &&
  threads.length === 0 &&
  outgoing.length === 0;
