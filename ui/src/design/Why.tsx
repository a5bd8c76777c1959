import { useLingui } from '@lingui/react/macro';
import { Kbd } from './Kbd';
import css from './Why.module.css';

/** Why something cannot be done, and where rights decide it a way to learn how. */
export interface Refusal {
  reason: string;
  explain?: (() => void) | undefined;
}

/** Why something cannot be done; a plain sentence where there is nothing more to say. */
export type Blocked = string | Refusal;

export const reasonOf = (blocked: Blocked | undefined): string | undefined =>
  typeof blocked === 'object' ? blocked.reason : blocked;

/** What explains a refusal; nothing when its reason says everything. */
export const explainerOf = (blocked: Blocked | undefined) =>
  typeof blocked === 'object' ? blocked.explain : undefined;

/** Asks how it was decided. Shows nothing when there is nothing more to say. */
export function WhyButton({ blocked }: { blocked: Blocked | undefined }) {
  const { t } = useLingui();
  const explain = explainerOf(blocked);
  if (!explain) return null;
  return (
    <button type="button" className={css.why} onClick={explain}>
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
