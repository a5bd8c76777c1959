import { useEffect } from 'react';
import { question } from '@/app/why';
import { useStore } from '@/design';
import { soon, TypeAhead } from '@/design/soon';
import { withTexts } from '@/i18n';
import { overlay } from './state';

/** When they are fetched, so that opening them waits for nothing. */
const IDLE_MS = 1500;

const overlays = {
  palette: soon(() => import('@/features/search/Palette').then((it) => it.Palette), TypeAhead),
  shortcuts: soon(() => import('./ShortcutSheet').then((it) => it.ShortcutSheet), TypeAhead),
};

/** The palette and the shortcut sheet. */
export function Overlays() {
  const shown = useStore(overlay);
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const each of Object.values(overlays)) void each.fetch();
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);

  const Shown = shown && overlays[shown];
  return (
    <>
      {Shown && <Shown onClose={() => overlay.set(null)} />}
      <Why />
    </>
  );
}

const WhyDialog = soon(
  () => withTexts('rights', () => import('@/features/rights/explain/WhyDialog')).then((it) => it.default),
  TypeAhead,
);

/** The answer to why something is refused here. */
function Why() {
  const asked = useStore(question);
  return asked && <WhyDialog question={asked} onClose={() => question.set(null)} />;
}
