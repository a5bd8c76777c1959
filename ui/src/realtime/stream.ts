/** One frame of the event stream, as it travels between the tabs of a browser. */
export interface Frame {
  event: (typeof FRAMES)[number] | 'up' | 'down' | 'refused';
  seq?: number;
  data?: unknown;
}

const FRAMES = ['change', 'reset', 'ready', 'closed', 'presence', 'typing', 'notification'] as const;

/** How long to wait before opening a broken stream again, give or take a half: not everybody comes back at once. */
const REOPEN_MS = 2000;

/**
 * Follows the events of a workspace. Of all tabs of this browser one holds the connection, by a lock, and
 * passes every frame on: HTTP/1.1 allows six connections, and six streams would stall everything else.
 * When that tab closes another takes over where the events stopped.
 */
export function followEvents(workspace: string, receive: (frame: Frame) => void): () => void {
  const name = `guildhall-events-${workspace}`;
  const channel = new BroadcastChannel(name);
  const stop = new AbortController();
  let lastSeq: number | undefined;

  const take = (frame: Frame) => {
    const begins = frame.event === 'ready' && lastSeq === undefined;
    // Later on it only says how far the events go that follow.
    if (frame.event === 'ready') lastSeq ??= frame.seq;
    else if (frame.seq !== undefined) lastSeq = Math.max(lastSeq ?? 0, frame.seq);
    receive(frame);
    // What was read before the first event of all may have missed a change in between.
    if (begins) receive({ event: 'reset' });
    // Who may listen again may see something else than before.
    if (frame.event === 'closed') lastSeq = undefined;
  };
  const share = (frame: Frame) => {
    // The frame before may have led away from here.
    if (stop.signal.aborted) return;
    channel.postMessage(frame);
    take(frame);
  };
  channel.onmessage = (message: MessageEvent<Frame>) => take(message.data);

  navigator.locks
    .request(name, { signal: stop.signal }, () =>
      holdStream(() => address(workspace, lastSeq), share, stop.signal),
    )
    .catch(() => undefined);

  return () => {
    stop.abort();
    channel.close();
  };
}

function address(workspace: string, lastSeq: number | undefined): string {
  const resume = lastSeq === undefined ? '' : `?last_event_id=${lastSeq}`;
  return `/api/v1/workspaces/${workspace}/events${resume}`;
}

/** Keeps a stream open until the signal ends it, and the lock with it. */
function holdStream(url: () => string, share: (frame: Frame) => void, signal: AbortSignal): Promise<void> {
  // It may have ended while the lock was on its way here.
  if (signal.aborted) return Promise.resolve();
  return new Promise((release) => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const open = () => {
      source = new EventSource(url());
      for (const event of FRAMES) {
        source.addEventListener(event, (message: MessageEvent<string>) => {
          const data: unknown = message.data ? JSON.parse(message.data) : undefined;
          // The end that follows is no break in the connection.
          if (event === 'closed') reopen();
          share({ event, data, ...seqOf(event, data, message.lastEventId) });
        });
      }
      source.addEventListener('open', () => share({ event: 'up' }));
      source.addEventListener('error', () => {
        // The server answered, with something else than a stream.
        const refused = source?.readyState === EventSource.CLOSED;
        reopen();
        share({ event: 'down' });
        if (refused) share({ event: 'refused' });
      });
    };
    const reopen = () => {
      // The browser would go on from the last event it saw, and from nowhere before the first one.
      source?.close();
      timer = setTimeout(open, REOPEN_MS * (0.5 + Math.random()));
    };

    open();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      release();
    });
  });
}

function seqOf(event: Frame['event'], data: unknown, lastEventId: string): Pick<Frame, 'seq'> {
  if (event === 'ready') return { seq: (data as { seq: number }).seq };
  if ((event === 'change' || event === 'reset') && lastEventId) return { seq: Number(lastEventId) };
  return {};
}
