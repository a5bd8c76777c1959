import { backoff, createPause } from './backoff';
import { HttpError } from './http';

/** The server sends a heartbeat every 15 s; twice that in silence means a dead connection. */
const SILENCE = 35_000;

export interface Frame {
  event: string;
  id: string;
  data: string;
}

/** Parses a text/event-stream body. `undefined` stands for a sign of life without an event. */
export async function* parseEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<Frame | undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let frame: Frame = { event: 'message', id: '', data: '' };
  let hasData = false;
  let hasId = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          // An id without data moves us past what we may not see.
          if (hasData || hasId) yield frame;
          frame = { event: 'message', id: frame.id, data: '' };
          hasData = hasId = false;
          continue;
        }
        const [, field, text = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        if (field === 'event') frame.event = text;
        if (field === 'id') {
          frame.id = text;
          hasId = true;
        }
        if (field === 'data') {
          frame.data += hasData ? `\n${text}` : text;
          hasData = true;
        }
      }
      yield undefined;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

export interface StreamOptions {
  connect: (lastEventId: string, signal: AbortSignal) => Promise<Response>;
  onOpen: () => void;
  onFrame: (frame: Frame) => void;
}

export type Stream = ReturnType<typeof createStream>;

/** Reads the event stream and returns to it whenever it breaks. */
export function createStream({ connect, onOpen, onFrame }: StreamOptions) {
  let lastEventId = '';
  const { pause, wake } = createPause();

  async function read(signal: AbortSignal, opened: () => void) {
    const dead = new AbortController();
    const drop = () => dead.abort();
    let watch = setTimeout(drop, SILENCE);
    signal.addEventListener('abort', drop, { once: true });
    addEventListener('offline', drop);
    try {
      const { body } = await connect(lastEventId, dead.signal);
      if (!body) throw new HttpError(0);
      opened();
      for await (const frame of parseEvents(body)) {
        clearTimeout(watch);
        watch = setTimeout(drop, SILENCE);
        if (!frame) continue;
        resumeAfter(frame.id);
        onFrame(frame);
      }
    } finally {
      clearTimeout(watch);
      removeEventListener('offline', drop);
      signal.removeEventListener('abort', drop);
    }
  }

  function resumeAfter(id: string) {
    lastEventId = id || lastEventId;
  }

  return {
    /** The server is back: no reason to wait any longer. */
    wake,
    /** Another tab read this frame; here the stream would go on after it. */
    resumeAfter,
    forget() {
      lastEventId = '';
    },
    async run(signal: AbortSignal) {
      for (let attempt = 0; !signal.aborted; attempt++) {
        let wait: number | undefined;
        try {
          await read(signal, () => {
            attempt = 0;
            onOpen();
          });
        } catch (error) {
          if (error instanceof HttpError) wait = error.retryAfter;
        }
        if (!signal.aborted) await pause(wait ?? backoff(attempt), signal);
      }
    },
  };
}
