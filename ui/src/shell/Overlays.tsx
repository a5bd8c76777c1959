import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { question } from '@/app/why';
import { useStore } from '@/design';
import { withTexts } from '@/i18n';
import { overlay } from './state';

const load = {
  palette: () => import('@/features/search/Palette').then((module) => module.Palette),
  shortcuts: () => import('./ShortcutSheet').then((module) => module.ShortcutSheet),
};

type Loaded = Partial<Record<keyof typeof load, ComponentType<{ onClose: () => void }>>>;

/** The palette and the shortcut sheet: fetched when the page is idle, so that opening them waits for nothing. */
export function Overlays() {
  const shown = useStore(overlay);
  const [loaded, setLoaded] = useState<Loaded>({});

  useEffect(() => {
    const fetchAll = async () =>
      setLoaded({ palette: await load.palette(), shortcuts: await load.shortcuts() });
    if (shown) {
      void fetchAll();
      return;
    }
    const timer = setTimeout(() => void fetchAll(), 1500);
    return () => clearTimeout(timer);
  }, [shown]);

  const Shown = shown && loaded[shown];
  return (
    <>
      {Shown && <Shown onClose={() => overlay.set(null)} />}
      <Why />
    </>
  );
}

const WhyDialog = lazy(() => withTexts('rights', () => import('@/features/rights/explain/WhyDialog')));

/** The answer to why something is refused here. */
function Why() {
  const asked = useStore(question);
  return (
    asked && (
      <Suspense>
        <WhyDialog question={asked} onClose={() => question.set(null)} />
      </Suspense>
    )
  );
}
