import { type ComponentType, useEffect } from 'react';
import { createStore, useStore } from './store';

/**
 * A component that is fetched when it is first wanted, or before, by `fetch`. Until then it shows nothing: a
 * suspended tree would come back late and take the focus from the text one is writing.
 */
export function soon<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const loaded = createStore<ComponentType<Props> | null>(null);
  let asked = false;

  async function fetch() {
    if (asked) return;
    asked = true;
    try {
      const component = await load();
      loaded.set(() => component);
    } catch {
      // Another try may meet a network again.
      asked = false;
    }
  }

  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, when its module loads.
  function Soon(props: Props) {
    const Loaded = useStore(loaded);
    useEffect(() => void fetch(), []);
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(Soon, { fetch });
}
