import { useLingui } from '@lingui/react/macro';
import { Kbd } from './Kbd';
import css from './Why.module.css';

/** Why something cannot be done, and a way to learn how that was decided. */
export interface Refusal {
  reason: string;
  explain: () => void;
}

/** Why something cannot be done; a plain sentence where there is nothing more to say. */
export type Blocked = string | Refusal;

export const reasonOf = (blocked: Blocked | undefined): string | undefined =>
  typeof blocked === 'object' ? blocked.reason : blocked;

export const explain = (blocked: Blocked | undefined) => {
  if (typeof blocked === 'object') blocked.explain();
};

/** Asks how it was decided. Shows nothing when there is nothing more to say. */
export function WhyButton({ blocked }: { blocked: Blocked | undefined }) {
  const { t } = useLingui();
  if (typeof blocked !== 'object') return null;
  return (
    <button type="button" className={css.why} onClick={blocked.explain}>
      {t`Why?`}
    </button>
  );
}

/** In a tooltip: that pressing the refused control asks the same. */
export function WhyHint() {
  const { t } = useLingui();
  return (
    <span className={css.hint}>
      {t`Why?`} <Kbd keys="enter" />
    </span>
  );
}
