import { type ComponentType, useEffect, useLayoutEffect } from 'react';
import { createStore, useStore } from './store';

/**
 * A component that is fetched when it is first wanted, or before, by `fetch`. Until then something else stands in its
 * place, or nothing: a suspended tree would come back late and take the focus from the text one is writing.
 */
export function soon<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType | null = null,
) {
  const loaded = createStore<ComponentType<Props> | 'coming' | null>(null);

  async function fetch() {
    if (loaded.get()) return;
    loaded.set('coming');
    try {
      const component = await load();
      loaded.set(() => component);
    } catch {
      // Another try may meet a network again.
      loaded.set(null);
    }
  }

  function Soon(props: Props) {
    const Loaded = useStore(loaded);
    useEffect(() => void fetch(), []);
    if (Loaded === 'coming') return Meanwhile && <Meanwhile />;
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(Soon, { fetch });
}

/** What was typed for a dialog before it was there. */
export const typedAhead = createStore('');

/**
 * Stands in the place of a dialog that is coming. Its keys are kept from the page, where they would be commands, or
 * letters in the text that has the focus; chords are left to the browser.
 */
export function TypeAhead() {
  useLayoutEffect(() => {
    typedAhead.set('');
    window.addEventListener('keydown', keep, { capture: true });
    return () => window.removeEventListener('keydown', keep, { capture: true });
  }, []);
  return null;
}

function keep(event: KeyboardEvent) {
  if ((event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph')) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Backspace') typedAhead.set((text) => text.slice(0, -1));
  else if (event.key.length === 1) typedAhead.set((text) => text + event.key);
}
