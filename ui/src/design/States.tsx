import { useLingui } from '@lingui/react/macro';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '@/api';
import { useProblemText } from '@/i18n/problem';
import { Button } from './Button';
import css from './States.module.css';

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** One thing to do next. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={css.state}>
      {icon}
      <p className={css.title}>{title}</p>
      {children && <p className={css.text}>{children}</p>}
      {action}
    </div>
  );
}

/** What failed, why, and a way to try again; with the request id an operator can look up. */
export function ErrorState({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  const { t } = useLingui();
  const text = useProblemText();
  const id = asProblem(error)?.request_id;
  return (
    <div className={css.state} role="alert">
      <CircleAlert size={28} aria-hidden="true" className={css.alert} />
      <p className={css.title}>{title}</p>
      <p className={css.text}>{text(error)}</p>
      {onRetry && <Button onClick={onRetry}>{t`Try again`}</Button>}
      {id && <p className={css.id}>{t`Request ${id}`}</p>}
    </div>
  );
}
