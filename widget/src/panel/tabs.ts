export type Tabs = ReturnType<typeof createTabs>;

/** What the tabs of one site tell each other. */
export type Note =
  | { type: 'frame'; event: string; id: string; data: string }
  | { type: 'read'; conversation: string; seq: number }
  /** The stream was down: whoever listened through it may have missed something. */
  | { type: 'reopened' };

/** Turn-taking and talk between the tabs of one site. */
export function createTabs(key: string, hear: (note: Note) => void) {
  const lockName = (what: string) => `guildhall:${key}:${what}`;
  // Absent on plain-http pages: each tab then works for itself, and ids keep messages single.
  const locks: LockManager | undefined = navigator.locks;
  const turns = new Map<string, Promise<unknown>>();
  let channel: BroadcastChannel | undefined;

  function listen() {
    channel = new BroadcastChannel(lockName('tabs'));
    channel.onmessage = ({ data }: MessageEvent<Note>) => hear(data);
  }
  listen();
  // An open channel would keep the page out of the back/forward cache.
  addEventListener('pagehide', () => {
    channel?.close();
    channel = undefined;
  });
  addEventListener('pageshow', ({ persisted }) => persisted && listen());

  return {
    tell: (note: Note) => channel?.postMessage(note),

    /** Runs `work` while nobody else, in this tab or another, runs work of that name. */
    exclusive<T>(what: string, work: () => Promise<T>): Promise<T> {
      const run = () => (locks ? (locks.request(lockName(what), work) as Promise<T>) : work());
      const result = (turns.get(what) ?? Promise.resolve()).then(run);
      turns.set(
        what,
        result.catch(() => {}),
      );
      return result;
    },
  };
}

/**
 * Keeps `work` running in one tab of the site. A tab that becomes visible takes over,
 * for a hidden one may be asleep.
 */
export function createElection(key: string, work: (signal: AbortSignal) => Promise<void>) {
  const name = `guildhall:${key}:stream`;
  const locks: LockManager | undefined = navigator.locks;
  let term: AbortController | undefined;
  let running = false;

  function campaign(steal: boolean) {
    term?.abort();
    const mine = new AbortController();
    term = mine;
    running = false;
    const serve = () => {
      running = true;
      return work(mine.signal);
    };
    if (!locks) return void serve();
    locks.request(name, steal ? { steal } : { signal: mine.signal }, serve).catch(() => {
      // Either we withdrew, or another tab took over: then queue again behind it.
      if (term === mine) campaign(false);
    });
  }

  function withdraw() {
    term?.abort();
    term = undefined;
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && term && !running) campaign(true);
  });
  addEventListener('pagehide', () => {
    const candidate = term;
    withdraw();
    // A page that returns from the back/forward cache takes part again.
    if (candidate) addEventListener('pageshow', () => campaign(true), { once: true });
  });

  return {
    start: () => term ?? campaign(false),
    stop: withdraw,
  };
}
