export type Storage = ReturnType<typeof createStorage>;

/** This channel's corner of localStorage; memory where the browser refuses storage. */
export function createStorage(key: string) {
  const prefix = `guildhall:${key}:`;
  const memory = new Map<string, string>();

  function attempt<T>(use: (store: globalThis.Storage) => T, otherwise: () => T): T {
    try {
      return use(localStorage);
    } catch {
      return otherwise();
    }
  }

  return {
    get<T>(name: string): T | null {
      const text = attempt(
        (store) => store.getItem(prefix + name),
        () => memory.get(name) ?? null,
      );
      try {
        return text === null ? null : (JSON.parse(text) as T);
      } catch {
        return null;
      }
    },
    set(name: string, value: unknown) {
      const text = JSON.stringify(value);
      attempt(
        (store) => store.setItem(prefix + name, text),
        () => void memory.set(name, text),
      );
    },
    remove(name: string) {
      memory.delete(name);
      attempt(
        (store) => store.removeItem(prefix + name),
        () => {},
      );
    },
    names(start: string): string[] {
      const names = attempt(
        (store) =>
          Object.keys(store)
            .filter((name) => name.startsWith(prefix))
            .map((name) => name.slice(prefix.length)),
        () => [...memory.keys()],
      );
      return names.filter((name) => name.startsWith(start));
    },
    /** Hears what other tabs of the same site change. */
    onChange(listener: (name: string) => void) {
      addEventListener('storage', ({ key: changed }) => {
        if (changed?.startsWith(prefix)) listener(changed.slice(prefix.length));
      });
    },
  };
}
