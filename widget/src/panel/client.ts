import type { Identity, Launcher } from '../contract';
import { createApi } from './api';
import { backoff, createPause } from './backoff';
import { createChat } from './chat';
import { createHttp, HttpError, quietly } from './http';
import { createOutbox } from './outbox';
import { type About, createSession } from './session';
import { createStorage } from './storage';
import { createStore } from './store';
import { createStream, type Frame } from './stream';
import { createElection, createTabs, type Note } from './tabs';
import type { Attachment, Config } from './types';

export type Client = ReturnType<typeof createClient>;

/** The chat without its looks: session, threads, outbox and stream around one store. */
export function createClient({ key, base, locale }: Pick<Launcher, 'key' | 'base' | 'locale'>) {
  const storage = createStorage(key);
  const config = storage.get<Config>('config');
  const store = createStore({
    phase: config ? 'ready' : 'loading',
    config,
    about: storage.get<About>('about'),
  });
  const tabs = createTabs(key, hear);
  const http = createHttp(base, (reachable) => {
    if (reachable === store.get().reachable) return;
    store.set({ reachable });
    if (reachable) hurry();
  });
  const session = createSession({ key, http, storage, tabs, locale, onChange: meetVisitor });
  const api = createApi(key, http, session);
  const outbox = createOutbox({
    api,
    storage,
    tabs,
    onSent({ conversation_id, message }) {
      chat.merge(conversation_id, [message]);
      connect();
    },
    onChange: (outgoing) => store.set({ outgoing }),
  });
  const chat = createChat({ api, store, tabs, settle: outbox.settle });
  const stream = createStream({
    connect: api.events,
    onOpen() {
      tabs.tell({ type: 'reopened' });
      refresh();
    },
    onFrame(frame) {
      tabs.tell({ type: 'frame', ...frame });
      receive(frame);
    },
  });
  const election = createElection(key, stream.run);
  const { pause, wake } = createPause();
  let visitor = session.visitor()?.id;
  let connected = false;
  let learning = false;

  /** One request came through, so the others need not wait their time. */
  function hurry() {
    wake();
    stream.wake();
    quietly(outbox.flush());
  }

  /** Asks how the chat looks, until there is an answer. It also says whether this page may chat at all. */
  async function learn() {
    if (learning) return wake();
    learning = true;
    for (let attempt = 0; learning; attempt++) {
      try {
        adopt(await api.config());
        learning = false;
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        const refused = !error.temporary || (attempt > 0 && error.status === 0 && (await isHere()));
        if (refused) {
          learning = false;
          refuse();
        } else {
          const isBusy = error.status === 429 || error.status === 503;
          if (attempt > 0 && !store.get().config)
            store.set({ phase: isBusy ? 'busy' : 'unreachable' });
          await pause(error.retryAfter ?? backoff(attempt));
        }
      }
    }
  }

  /** A page that is refused may not read so: its answers seem lost, while the server's files arrive. */
  const isHere = () =>
    fetch(`${base}w.js`, { method: 'HEAD', cache: 'no-store', credentials: 'omit' }).then(
      ({ ok }) => ok,
      () => false,
    );

  function adopt(config: Config) {
    storage.set('config', config);
    store.set({ config, phase: 'ready' });
    connect();
  }

  function refuse() {
    console.warn(`Guildhall: ${location.origin} is not among the channel's allowed origins.`);
    storage.remove('config');
    disconnect();
    store.set({ config: null, phase: 'refused' });
  }

  /** Listens, for a visitor with something to hear; to others the chat costs nothing until they write. */
  function connect() {
    const known = session.visitor() !== null;
    if (!known) store.set({ loaded: true });
    if (!known || connected) return;
    connected = true;
    election.start();
    refresh();
    quietly(outbox.flush());
  }

  function disconnect() {
    connected = false;
    election.stop();
  }

  async function refresh() {
    await quietly(chat.catchUp());
    store.set({ loaded: true });
  }

  function receive(frame: Frame) {
    if (frame.event === 'reset') refresh();
    else chat.apply(frame);
  }

  function hear(note: Note) {
    if (note.type === 'read') return chat.noteRead(note.conversation, note.seq);
    connect();
    if (note.type === 'reopened') return void refresh();
    stream.resumeAfter(note.id);
    receive(note);
  }

  /** Someone else in this browser must not see what the one before them wrote. */
  function meetVisitor() {
    const now = session.visitor()?.id;
    store.set({ identified: session.identified(), about: storage.get<About>('about') });
    if (visitor && visitor !== now) reset();
    visitor = now;
  }

  function reset() {
    disconnect();
    stream.forget();
    chat.clear();
    connect();
  }

  storage.onChange((name) => {
    if (name.startsWith('out:')) outbox.publish();
    if (name === 'visitor') meetVisitor();
  });
  addEventListener('online', () => store.set({ reachable: true }));
  addEventListener('offline', () => store.set({ reachable: false }));

  return {
    api,
    storage,
    store,
    chat,
    learn,

    begin() {
      store.set({ identified: session.identified() });
      outbox.publish();
      if (config) connect();
      return learn();
    },

    /** Answers whether somebody else sat here before, whose words must go. */
    identify(identity: Identity | null): boolean {
      const outcome = session.identify(identity);
      if (outcome === 'different') {
        session.forget();
        outbox.clear();
        meetVisitor();
      }
      store.set({ identified: session.identified() });
      // Their history may be another than that of the stranger they were.
      if (session.identified() && outcome !== 'same') quietly(session.confirm().then(reset));
      return outcome === 'different';
    },

    introduce: (about: About) => session.introduce(about).then(() => store.set({ about })),
    send: (text: string, attachments: Attachment[]) => quietly(outbox.add(text, attachments)),
    retry: (id: string) => quietly(outbox.retry(id)),
    discard: outbox.remove,
    typing(state: 'typing' | 'stopped') {
      const thread = store.get().threads.at(-1);
      if (thread) quietly(api.typing(thread.id, state));
    },
  };
}
