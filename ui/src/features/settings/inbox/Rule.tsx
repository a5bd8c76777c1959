import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { Button } from '@/design';
import css from './InboxRules.module.css';

interface Props {
  title: string;
  hint: string;
  /** Goes back to what the policy pack says, where something else was decided. */
  onReset?: (() => void) | undefined;
  /** The control, named by the element with this id. */
  children: (id: string) => ReactNode;
}

/** One rule of the inbox: what it is called, what it does, and its control. */
export function Rule({ title, hint, onReset, children }: Props) {
  const { t } = useLingui();
  const id = useId();
  return (
    <div className={css.rule}>
      <div className={css.text}>
        <b id={id}>{title}</b>
        <p>{hint}</p>
        {onReset && (
          <Button
            size="s"
            variant="ghost"
            aria-label={t`As the policy pack says: ${title}`}
            onClick={onReset}
          >{t`As the policy pack says`}</Button>
        )}
      </div>
      <div className={css.control}>{children(id)}</div>
    </div>
  );
}
