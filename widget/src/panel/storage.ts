export type Storage = ReturnType<typeof createStorage>;

/** This channel's corner of localStorage; memory where the browser refuses storage. */
export function createStorage(key: string) {
  const prefix = `guildhall:${key}:`;
  /** What localStorage did not take: it is full, or the browser refuses it. */
  const memory = new Map<string, string>();

  function attempt<T>(use: (store: globalThis.Storage) => T, otherwise: T): T {
    try {
      return use(localStorage);
    } catch {
      return otherwise;
    }
  }

  return {
    get<T>(name: string): T | null {
      const text = memory.get(name) ?? attempt((store) => store.getItem(prefix + name), null);
      try {
        return text === null ? null : (JSON.parse(text) as T);
      } catch {
        return null;
      }
    },
    set(name: string, value: unknown) {
      const text = JSON.stringify(value);
      const kept = attempt((store) => {
        store.setItem(prefix + name, text);
        return true;
      }, false);
      if (kept) memory.delete(name);
      else memory.set(name, text);
    },
    remove(name: string) {
      memory.delete(name);
      attempt((store) => store.removeItem(prefix + name), undefined);
    },
    names(start: string): string[] {
      const stored = attempt(Object.keys, [])
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
      return [...new Set([...stored, ...memory.keys()])].filter((name) => name.startsWith(start));
    },
    /** Hears what other tabs of the same site change. */
    onChange(listener: (name: string) => void) {
      addEventListener('storage', ({ key: changed }) => {
        if (changed?.startsWith(prefix)) listener(changed.slice(prefix.length));
      });
    },
  };
}
