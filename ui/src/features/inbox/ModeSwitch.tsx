import { useLingui } from '@lingui/react/macro';
import { Sparkles } from 'lucide-react';
import { Tooltip } from '@/design';
import css from './ThreadHeader.module.css';

/** Who answers. Only people do in this version; the other choice says why. */
export function ModeSwitch() {
  const { t } = useLingui();
  return (
    <fieldset className={css.modes}>
      <legend className="visually-hidden">{t`Who answers`}</legend>
      <Tooltip text={t`AI answers are not available in this version.`}>
        <button type="button" aria-pressed="false" aria-disabled="true" className={css.mode}>
          <Sparkles size={13} aria-hidden="true" />
          {t`AI`}
        </button>
      </Tooltip>
      <button type="button" aria-pressed="true" className={css.mode}>
        {t`Manual`}
      </button>
    </fieldset>
  );
}
