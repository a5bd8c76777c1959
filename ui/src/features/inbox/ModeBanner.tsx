import { useLingui } from '@lingui/react/macro';
import { Sparkles } from 'lucide-react';
import { useActions } from '@/conversations/actions';
import { Button, Kbd } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useKeys } from '@/keyboard';
import css from './ModeBanner.module.css';
import { useOpened } from './opened';

/** Who answers here, where it is not simply people: what the AI does, and when it would begin again. */
export function ModeBanner() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const times = useTimes();
  const { mode, ai_resume_at, review_flag } = conversation;
  if (mode === 'ai') {
    return (
      <Banner
        title={t`The AI is answering this conversation`}
        text={
          review_flag
            ? t`It asks that a person looks at it. Typing a reply takes over.`
            : t`Typing a reply takes over. The AI stays quiet until you hand it back.`
        }
      />
    );
  }
  if (mode === 'handoff') {
    return (
      <Banner
        title={t`The AI handed this over to a person`}
        text={t`The customer was told that somebody will continue.`}
      />
    );
  }
  if (mode === 'ai_paused') {
    return (
      <p className={css.line}>{t`The AI is paused for the whole workspace. People answer meanwhile.`}</p>
    );
  }
  return ai_resume_at ? (
    <p className={css.line}>
      <Sparkles size={13} aria-hidden="true" />
      {t`The AI takes over again ${times.until(ai_resume_at)}, unless somebody writes.`}
    </p>
  ) : null;
}

function Banner({ title, text }: { title: string; text: string }) {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { setMode } = useActions();
  const keys = useKeys('mode');
  const blocked = useBlocked()(conversation, 'conversation.take_manual');
  return (
    <section className={css.banner} aria-label={title}>
      <Sparkles size={17} aria-hidden="true" />
      <p className={css.text}>
        <b>{title}</b>
        <span>{text}</span>
      </p>
      <Button className={css.take} blocked={blocked} onClick={() => void setMode(conversation, 'manual')}>
        {t`Take over`}
        {keys && !blocked && <Kbd keys={keys} />}
      </Button>
    </section>
  );
}
