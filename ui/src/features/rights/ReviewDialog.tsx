import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, Dialog, toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import css from './ReviewDialog.module.css';

interface Props {
  save: () => Promise<void>;
  onClose: () => void;
  /** What it means, for each role or set. */
  children: ReactNode;
}

/** What is about to change for whom, before it does. */
export function ReviewDialog({ save, onClose, children }: Props) {
  const { t } = useLingui();
  const text = useProblemText();
  const saving = useMutation({
    mutationFn: save,
    onSuccess: () => {
      toast({ title: t`Saved and in effect` });
      onClose();
    },
  });
  return (
    <Dialog
      open
      size="l"
      onClose={onClose}
      title={t`Review the changes`}
      description={t`They take effect the moment you save, for everybody concerned and in every open window.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Keep editing`}</Button>
          <Button variant="primary" busy={saving.isPending} onClick={() => saving.mutate()}>
            {t`Save`}
          </Button>
        </>
      }
    >
      {saving.error && (
        <p role="alert" className={css.alert}>
          {text(saving.error)}
        </p>
      )}
      {children}
    </Dialog>
  );
}
