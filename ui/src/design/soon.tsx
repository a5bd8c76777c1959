import { type ComponentType, useEffect } from 'react';
import { createStore, useStore } from './store';

/**
 * A component that is fetched when it is first wanted, or before, by `fetch`. Until then it shows nothing: a
 * suspended tree would come back late and take the focus from the text one is writing.
 */
export function soon<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const loaded = createStore<ComponentType<Props> | null>(null);
  let loading: Promise<void> | undefined;

  function fetch() {
    loading ??= load().then(
      (component) => loaded.set(() => component),
      // Another try may meet a network again.
      () => {
        loading = undefined;
      },
    );
  }

  function Soon(props: Props) {
    const Loaded = useStore(loaded);
    useEffect(fetch, []);
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(Soon, { fetch });
}
