import { useLingui } from '@lingui/react/macro';
import { Sparkles } from 'lucide-react';
import { useActions } from '@/conversations/actions';
import { type Blocked, cx, Tooltip } from '@/design';
import { explainerOf } from '@/design/Why';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { useOpened } from './opened';
import css from './ThreadHeader.module.css';

/** Who answers: the AI, or people. */
export function ModeSwitch() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { setMode } = useActions();
  const blocked = useBlocked();
  const keys = useKeys('mode');
  const ai = conversation.mode === 'ai';
  const cannotRelease = conversation.ai_answers
    ? blocked(conversation, 'conversation.release_to_ai')
    : t`No AI answers in this workspace.`;
  const cannotTake = blocked(conversation, 'conversation.take_manual');

  function choose(mode: 'ai' | 'manual') {
    const refused = mode === 'ai' ? cannotRelease : cannotTake;
    if (refused) explainerOf(refused)?.();
    else if ((mode === 'ai') !== ai) void setMode(conversation, mode);
  }
  useCommand('mode', () => choose(ai ? 'manual' : 'ai'));

  const side = (mode: 'ai' | 'manual', refused: Blocked | undefined, hint: string) => {
    const pressed = (mode === 'ai') === ai;
    return (
      <Tooltip text={pressed ? hint : (refused ?? hint)} keys={pressed || refused ? undefined : keys}>
        <button
          type="button"
          aria-pressed={pressed}
          aria-disabled={!pressed && refused ? true : undefined}
          className={cx(css.mode, mode === 'ai' && css.modeAi)}
          onClick={() => (!pressed && refused ? explainerOf(refused)?.() : choose(mode))}
        >
          {mode === 'ai' && <Sparkles size={13} aria-hidden="true" />}
          {mode === 'ai' ? t`AI` : t`Manual`}
        </button>
      </Tooltip>
    );
  };

  return (
    <fieldset className={css.modes}>
      <legend className="visually-hidden">{t`Who answers`}</legend>
      {side('ai', cannotRelease, ai ? t`The AI answers` : t`Let the AI answer`)}
      {side('manual', cannotTake, ai ? t`Take over from the AI` : t`People answer`)}
    </fieldset>
  );
}
