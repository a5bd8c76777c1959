import { useLingui } from '@lingui/react/macro';
import { EyeOff, Sparkles } from 'lucide-react';
import type { AiDraftView, ModeChangeView } from '@/api';
import { cx } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './Messages.module.css';
import { RichText } from './RichText';

/** Who answers from here on, and how that came about. */
export function ModeLine({ change }: { change: ModeChangeView }) {
  const times = useTimes();
  const sentence = useSentence();
  const text = sentence(change);
  if (!text) return null;
  return (
    <p className={css.event}>
      {text} <time dateTime={change.at}>{times.clock(change.at)}</time>
    </p>
  );
}

function useSentence() {
  const { t } = useLingui();
  return ({ cause, reason, to, actor: { name } }: ModeChangeView): string | undefined => {
    switch (cause) {
      case 'take_over':
        return t`${name} took over from the AI`;
      case 'release':
        return t`${name} handed this to the AI`;
      case 'escalation':
        return {
          cannot_answer: t`The AI asked for a person: it does not know the answer`,
          frustration: t`The AI asked for a person: the customer is annoyed`,
          qualification_complete: t`The AI asked for a person: its questions are answered`,
          customer_request: t`The AI asked for a person: the customer wants one`,
        }[reason ?? 'cannot_answer'];
      case 'auto_resume':
        return t`The AI took over again: nobody had written for a while`;
      case 'after_hours':
        return t`The AI took over: the business hours are over`;
      case 'ai_unavailable':
        return t`The AI was paused`;
      case 'ai_available':
        return t`The AI is back`;
      case 'undo':
        return to === 'ai' ? t`${name} gave this back to the AI` : t`${name} took this back from the AI`;
      // Whoever answered can be seen, and so can that the customer came back.
      default:
        return undefined;
    }
  };
}

/** What the AI had written when it was stopped. The customer never saw it. */
export function UnsentDraft({ draft }: { draft: AiDraftView }) {
  const { t } = useLingui();
  return (
    <article className={css.item}>
      <div className={cx(css.turn, css.right)}>
        <span className={css.face} />
        <div className={cx(css.bubble, css.stopped)}>
          <span className={css.who}>
            <EyeOff size={12} aria-hidden="true" />
            {t`AI · not sent`}
          </span>
          <RichText text={draft.text} />
        </div>
      </div>
    </article>
  );
}

/** The AI is at work on an answer. */
export function Thinking() {
  const { t } = useLingui();
  return (
    <p className={css.thinking}>
      <Sparkles size={13} aria-hidden="true" />
      {t`The AI is writing an answer`}
    </p>
  );
}
