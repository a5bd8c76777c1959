import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';
import css from './Notice.module.css';

const icons = { info: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert };

interface Props {
  tone?: keyof typeof icons;
  title?: string;
  /** Buttons below the text. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** Something to know before going on, in the place where it matters. */
export function Notice({ tone = 'info', title, actions, children }: Props) {
  const Icon = icons[tone];
  return (
    <div className={cx(css.notice, css[tone])}>
      <Icon size={16} aria-hidden="true" className={css.icon} />
      <div className={css.text}>
        {title && <p className={css.title}>{title}</p>}
        {children}
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
    </div>
  );
}
