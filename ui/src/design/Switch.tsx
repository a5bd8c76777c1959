import { Switch as Radix } from 'radix-ui';
import { useField } from './Field';
import css from './Switch.module.css';
import { Tooltip } from './Tooltip';
import { type Blocked, explainerOf } from './Why';

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Needed outside a `Field`. */
  label?: string;
  /** Or the id of what names it. */
  labelledBy?: string;
  blocked?: Blocked | undefined;
}

export function Switch({ checked, onChange, label, labelledBy, blocked }: Props) {
  return (
    <Tooltip text={blocked}>
      <Radix.Root
        {...useField()}
        className={css.track}
        checked={checked}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-disabled={blocked ? true : undefined}
        onCheckedChange={(next) => (blocked ? explainerOf(blocked)?.() : onChange(next))}
      >
        <Radix.Thumb className={css.thumb} />
      </Radix.Root>
    </Tooltip>
  );
}
