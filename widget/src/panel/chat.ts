import { type Api, PAGE } from './api';
import { quietly } from './http';
import type { Outbox } from './outbox';
import { type Store, type Thread, unreadCount } from './store';
import type { Frame } from './stream';
import type { Tabs } from './tabs';
import type { ChangeEvent, ConversationSummary, Message, TypingEvent } from './types';

const TYPING_LIFE = 5_000;

export type Chat = ReturnType<typeof createChat>;

/** Keeps the threads in the store in step with the server. */
export function createChat(options: {
  api: Api;
  store: Store;
  tabs: Pick<Tabs, 'tell'>;
  settle: Outbox['settle'];
}) {
  const { api, store, tabs, settle } = options;
  let typingTimer = 0;
  let catchingUp: Promise<void> | undefined;
  let again = false;
  let loadingEarlier = false;
  /**
   * Per conversation, the sequence up to which nothing is missing. Only answers to questions
   * move it: a streamed message may have overtaken ones sent while the stream was down.
   */
  const complete = new Map<string, number>();
  /** Counts the people who sat here: an answer meant for the one before comes too late. */
  let era = 0;

  const threads = () => store.get().threads;
  const find = (id: string) => threads().find((thread) => thread.id === id);

  function put(thread: Thread) {
    const others = threads();
    const known = others.some(({ id }) => id === thread.id);
    store.set({
      threads: known
        ? others.map((other) => (other.id === thread.id ? thread : other))
        : [...others, thread],
    });
  }

  /** Adds or replaces messages; ids make it safe to hear of one twice. */
  function merge(id: string, messages: Message[], change: Partial<Thread> = {}) {
    const thread = find(id) ?? {
      id,
      messages: [],
      readSeq: 0,
      agentReadSeq: 0,
      hasEarlier: false,
    };
    const bySeq = new Map([...thread.messages, ...messages].map((item) => [item.seq, item]));
    put({
      ...thread,
      ...change,
      messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
      readSeq: Math.max(thread.readSeq, change.readSeq ?? 0),
      agentReadSeq: Math.max(thread.agentReadSeq, change.agentReadSeq ?? 0),
    });
    settle(messages.map(({ client_id }) => client_id));
  }

  const marks = ({ read_seq, agent_read_seq }: ConversationSummary) => ({
    readSeq: read_seq,
    agentReadSeq: agent_read_seq,
  });

  /** Brings one conversation up to date, from nothing or from the last message known. */
  async function refresh(summary: ConversationSummary) {
    const known = complete.get(summary.id);
    const begun = era;
    if (known === undefined) {
      const page = await api.latest(summary.id);
      if (begun !== era) return;
      complete.set(summary.id, page.at(-1)?.seq ?? 0);
      return merge(summary.id, page, { ...marks(summary), hasEarlier: page.length >= PAGE });
    }
    merge(summary.id, [], marks(summary));
    for (let seq = known; ; ) {
      const page = await api.after(summary.id, seq);
      if (begun !== era) return;
      seq = page.at(-1)?.seq ?? seq;
      complete.set(summary.id, seq);
      merge(summary.id, page);
      if (page.length < PAGE) return;
    }
  }

  async function update() {
    const begun = era;
    const [newest, ...older] = await api.conversations();
    if (!newest || begun !== era) return;
    // Older conversations join the log as stubs; their messages are fetched on scrolling up.
    const stubs = older.filter(({ id }) => !find(id)).reverse();
    if (stubs.length) {
      const earlier = stubs.map((summary) => ({
        id: summary.id,
        messages: [],
        ...marks(summary),
        hasEarlier: true,
      }));
      store.set({ threads: [...earlier, ...threads()] });
    }
    await refresh(newest);
  }

  /** Fetches what was missed; a call made meanwhile adds one more round. */
  function catchUp() {
    again = true;
    catchingUp ??= (async () => {
      while (again) {
        again = false;
        await update();
      }
    })().finally(() => {
      catchingUp = undefined;
    });
    return catchingUp;
  }

  function clear() {
    era++;
    complete.clear();
    setTyping(null);
    store.set({ threads: [] });
  }

  function setTyping(name: string | null) {
    clearTimeout(typingTimer);
    store.set({ typing: name });
    if (name) typingTimer = setTimeout(() => setTyping(null), TYPING_LIFE);
  }

  return {
    catchUp,
    clear,
    merge,

    /** The page before the oldest message shown. */
    async loadEarlier() {
      const thread = threads().findLast(({ hasEarlier }) => hasEarlier);
      if (!thread || loadingEarlier) return;
      loadingEarlier = true;
      const begun = era;
      try {
        const [oldest] = thread.messages;
        const page = await (oldest ? api.before(thread.id, oldest.seq) : api.latest(thread.id));
        if (begun === era) merge(thread.id, page, { hasEarlier: page.length >= PAGE });
      } finally {
        loadingEarlier = false;
      }
    },

    apply({ event, data }: Frame) {
      if (event === 'change') {
        const change: ChangeEvent = JSON.parse(data);
        const { conversation_id, message, agent_read_seq } = change;
        if (!find(conversation_id) && !message) return;
        merge(conversation_id, message ? [message] : [], { agentReadSeq: agent_read_seq ?? 0 });
        if (message && message.author.kind !== 'visitor') setTyping(null);
      }
      if (event === 'typing') {
        const { name, state }: TypingEvent = JSON.parse(data);
        setTyping(state === 'typing' ? name : null);
      }
    },

    /** The visitor has everything before their eyes. */
    markRead() {
      const thread = threads().at(-1);
      const seq = thread?.messages.at(-1)?.seq;
      if (!seq || unreadCount({ threads: [thread] }) === 0) return;
      merge(thread.id, [], { readSeq: seq });
      tabs.tell({ type: 'read', conversation: thread.id, seq });
      quietly(api.read(thread.id, seq));
    },

    /** Another tab showed them to the visitor. */
    noteRead(conversation: string, seq: number) {
      if (find(conversation)) merge(conversation, [], { readSeq: seq });
    },
  };
}
