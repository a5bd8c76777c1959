import type { Api } from './api';
import { backoff, createPause } from './backoff';
import { HttpError } from './http';
import type { Storage } from './storage';
import type { Outgoing } from './store';
import type { Tabs } from './tabs';
import type { Attachment, Sent } from './types';

const PREFIX = 'out:';
/** Failures inside the server, in a row, after which a message waits for the visitor's decision. */
const PATIENCE = 4;

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Messages leave strictly in the order they were written. Each is stored under its own id before
 * the first attempt and removed once the server has it, so a reload loses none; the id makes a
 * repeated attempt harmless.
 */
export function createOutbox(options: {
  api: Pick<Api, 'send'>;
  storage: Storage;
  tabs: Pick<Tabs, 'exclusive'>;
  onSent: (sent: Sent) => void;
  onChange: (outgoing: Outgoing[]) => void;
}) {
  const { api, storage, tabs, onSent, onChange } = options;
  const { pause, wake } = createPause();
  let flushing = false;

  const list = () =>
    storage
      .names(PREFIX)
      .map((name) => storage.get<Outgoing>(name))
      .filter((item) => item !== null)
      .sort((a, b) => a.at - b.at);
  const publish = () => onChange(list());

  function store(item: Outgoing) {
    storage.set(PREFIX + item.client_id, item);
    publish();
  }

  function remove(id: string) {
    storage.remove(PREFIX + id);
    publish();
  }

  /** Sends the oldest message. Answers whether there may be more, throws if it must wait. */
  async function sendNext(refusals: number): Promise<boolean> {
    const item = list().find(({ failed }) => !failed);
    if (!item) return false;
    try {
      const sent = await api.send({
        client_id: item.client_id,
        text: item.text,
        attachments: item.attachments.map(({ id }) => id),
      });
      // Cleared meanwhile: the one who wrote it has gone.
      if (!storage.get(PREFIX + item.client_id)) return true;
      onSent(sent);
      remove(item.client_id);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const hopeless = !error.temporary || (error.status === 500 && refusals + 1 >= PATIENCE);
      if (!hopeless) throw error;
      store({ ...item, failed: true });
    }
    return true;
  }

  async function flush() {
    if (flushing) return wake();
    flushing = true;
    let refusals = 0;
    try {
      for (let attempt = 0; ; ) {
        try {
          // One message per turn: the tab in front never waits for another tab's pause.
          const round = refusals;
          if (!(await tabs.exclusive('send', () => sendNext(round)))) return;
          attempt = 0;
          refusals = 0;
        } catch (error) {
          if (!(error instanceof HttpError)) throw error;
          if (error.status === 500) refusals++;
          await pause(error.retryAfter ?? backoff(attempt++));
        }
      }
    } finally {
      flushing = false;
    }
  }

  return {
    list,
    flush,
    publish,
    add(text: string, attachments: Attachment[]) {
      const latest = list().at(-1)?.at ?? 0;
      store({
        client_id: uuid(),
        text,
        attachments,
        at: Math.max(Date.now(), latest + 1),
        failed: false,
      });
      return flush();
    },
    retry(id: string) {
      const item = storage.get<Outgoing>(PREFIX + id);
      if (item) store({ ...item, failed: false });
      return flush();
    },
    remove,
    /** Another road brought word that the server has these. */
    settle(ids: (string | null)[]) {
      const waiting = new Set(storage.names(PREFIX));
      for (const id of ids) if (id && waiting.has(PREFIX + id)) remove(id);
    },
    clear() {
      for (const { client_id } of list()) storage.remove(PREFIX + client_id);
      publish();
    },
  };
}

/** Version 4. `crypto.randomUUID` is missing on plain-http pages. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
