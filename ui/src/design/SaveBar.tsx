import { useLingui } from '@lingui/react/macro';
import { Button } from './Button';
import css from './SaveBar.module.css';

interface Props {
  /** Whether anything waits to be saved. */
  dirty: boolean;
  busy: boolean;
  /** Why it cannot be saved as it is. */
  blocked?: string | undefined;
  onDiscard: () => void;
}

/** Stays in sight at the end of a long form while there are changes; its button sends the form. */
export function SaveBar({ dirty, busy, blocked, onDiscard }: Props) {
  const { t } = useLingui();
  return (
    <div className={css.region} role="status">
      {dirty && (
        <div className={css.bar}>
          <span className={css.text}>{blocked ?? t`Unsaved changes`}</span>
          <Button variant="ghost" onClick={onDiscard}>
            {t`Discard`}
          </Button>
          <Button type="submit" variant="primary" busy={busy} blocked={blocked}>
            {t`Save`}
          </Button>
        </div>
      )}
    </div>
  );
}
