import type { ReactNode } from 'react';
import css from './Badge.module.css';
import { cx } from './cx';

interface Props {
  tone?: 'neutral' | 'accent' | 'ok' | 'warn' | 'danger' | 'ai' | 'note';
  icon?: ReactNode;
  children: ReactNode;
}

/** A small word about the thing beside it. */
export function Badge({ tone = 'neutral', icon, children }: Props) {
  return (
    <span className={cx(css.badge, css[tone])}>
      {icon}
      {children}
    </span>
  );
}
