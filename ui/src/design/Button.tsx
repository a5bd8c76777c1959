import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react';
import css from './Button.module.css';
import { cx } from './cx';
import { Spinner } from './Spinner';
import { Tooltip } from './Tooltip';
import { type Blocked, explainerOf } from './Why';

interface Base extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  /** Why the action is refused: the button stays focusable, says so, and when pressed explains it. */
  blocked?: Blocked | undefined;
  /** The shortcut, shown in the tooltip. */
  keys?: string | undefined;
}

interface ButtonProps extends Base {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: 's' | 'm' | 'l';
  icon?: ReactNode;
  /** Work under way: shows a spinner and takes no further click. */
  busy?: boolean;
}

export function Button({
  variant = 'secondary',
  size = 'm',
  icon,
  busy = false,
  blocked,
  keys,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <Tooltip text={blocked}>
      <button
        type="button"
        {...rest}
        {...guard(rest.onClick, blocked, busy)}
        aria-busy={busy || undefined}
        aria-keyshortcuts={ariaKeys(keys)}
        className={cx(css.button, css[variant], css[size], className)}
      >
        {busy ? <Spinner /> : icon}
        {children}
      </button>
    </Tooltip>
  );
}

interface IconButtonProps extends Base {
  /** The accessible name, and the tooltip. */
  label: string;
  size?: 's' | 'm';
  side?: 'top' | 'right' | 'bottom' | 'left';
}

export function IconButton({ label, size = 'm', side, blocked, keys, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={blocked ?? label} keys={blocked ? undefined : keys} side={side}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        {...guard(rest.onClick, blocked)}
        aria-keyshortcuts={ariaKeys(keys)}
        className={cx(css.icon, size === 's' && css.iconSmall, className)}
      />
    </Tooltip>
  );
}

/** `disabled` would take the button out of the tab order, and its reason with it. */
function guard(onClick: Base['onClick'], blocked: Blocked | undefined, busy = false) {
  if (blocked === undefined && !busy) return { onClick };
  const explain = explainerOf(blocked);
  return {
    'aria-disabled': true,
    'data-explained': explain ? true : undefined,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      event.preventDefault();
      if (!busy) explain?.();
    },
  } as const;
}

function ariaKeys(keys: string | undefined): string | undefined {
  return keys?.replaceAll('mod', 'Control').replaceAll('shift', 'Shift').replaceAll('enter', 'Enter');
}
