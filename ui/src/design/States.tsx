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
  /** It is all there is on the page, so its title is the page's. */
  alone?: boolean;
  children?: ReactNode;
  /** One thing to do next. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, alone = false, children, action }: EmptyProps) {
  const Title = alone ? 'h1' : 'p';
  return (
    <div className={css.state}>
      {icon}
      <Title className={css.title}>{title}</Title>
      {children && <p className={css.text}>{children}</p>}
      {action}
    </div>
  );
}

/** What failed, why, and a way to try again; with the request id an operator can look up. */
export function ErrorState({
  title,
  alone = false,
  error,
  onRetry,
}: {
  title: string;
  /** It is all there is on the page, so its title is the page's. */
  alone?: boolean;
  error: unknown;
  onRetry?: () => void;
}) {
  const Title = alone ? 'h1' : 'p';
  const { t } = useLingui();
  const text = useProblemText();
  const id = asProblem(error)?.request_id;
  return (
    <div className={css.state} role="alert">
      <CircleAlert size={28} aria-hidden="true" className={css.alert} />
      <Title className={css.title}>{title}</Title>
      <p className={css.text}>{text(error)}</p>
      {onRetry && <Button onClick={onRetry}>{t`Try again`}</Button>}
      {id && <p className={css.id}>{t`Request ${id}`}</p>}
    </div>
  );
}
