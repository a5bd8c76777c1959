import { useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
import type { Reach } from '@/api';
import { cx } from '@/design';
import css from './CellButton.module.css';
import { ReachMark } from './ReachMark';

interface Props extends Omit<ComponentProps<'button'>, 'onClick'> {
  reach: Reach | 'mixed';
  changed: boolean;
  /** Why it stays as it is. */
  locked?: string | undefined;
  /** Whether the reason stands elsewhere already, so that the cell needs no sign of it. */
  quiet?: boolean;
  onPress: () => void;
}

/** One switch of the matrix: each press goes on to the next reach. */
export const CellButton = memo(function CellButton({
  reach,
  changed,
  locked,
  quiet = false,
  onPress,
  ...rest
}: Props) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      {...rest}
      className={cx(css.cell, changed && css.changed)}
      data-reach={reach}
      aria-disabled={locked ? true : undefined}
      title={locked}
      onClick={onPress}
    >
      <ReachMark reach={reach} />
      {locked && !quiet && <Lock size={11} aria-hidden="true" className={css.lock} />}
      {changed && <span className="visually-hidden"> {t`(changed)`}</span>}
    </button>
  );
});
