import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Eye } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { type KeptPreview, onPreviewEnded, preview } from '@/api';
import { leavePreview } from '@/app/preview';
import { Kbd } from '@/design';
import { useNow } from '@/i18n/time';
import css from './PreviewBanner.module.css';

const MINUTE = 60_000;
/** Two Escapes this close together leave. */
const TWICE_MS = 700;

/** Says, as long as it lasts, as whom one looks at the workspace, and how to get out. */
export function PreviewBanner({ workspace }: { workspace: string }) {
  return preview?.workspace === workspace ? <Banner preview={preview} /> : null;
}

function Banner({ preview }: { preview: KeptPreview }) {
  const { t } = useLingui();
  const ends = Date.parse(preview.expires_at);
  const minutes = Math.max(1, Math.ceil((ends - useNow()) / MINUTE));
  useEffect(() => {
    const timer = setTimeout(() => void leavePreview(), Math.max(0, ends - Date.now()));
    return () => clearTimeout(timer);
  }, [ends]);
  useEffect(() => onPreviewEnded(() => void leavePreview()), []);
  useEscapeTwice(() => void leavePreview());
  return (
    <section className={css.banner} aria-label={t`Preview`}>
      <Eye size={16} aria-hidden="true" />
      <p className={css.text}>
        <b>
          <Trans>Looking as {preview.label}</Trans>
        </b>{' '}
        <span className={css.detail}>
          {t`You see what they see, and nothing you do here changes anything.`}{' '}
          <Plural value={minutes} one="# minute left." other="# minutes left." />
        </span>
      </p>
      <button type="button" className={css.exit} onClick={() => void leavePreview()}>
        {t`Exit`}
        <span className={css.keys} aria-hidden="true">
          <Kbd keys="escape" />
          <Kbd keys="escape" />
        </span>
      </button>
    </section>
  );
}

function useEscapeTwice(leave: () => void) {
  const before = useRef(Number.NEGATIVE_INFINITY);
  const onEscape = useEffectEvent(leave);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // One that closed a dialog or a menu was for that.
      if (event.key !== 'Escape' || event.defaultPrevented || event.repeat) return;
      if (event.timeStamp - before.current < TWICE_MS) onEscape();
      before.current = event.timeStamp;
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
