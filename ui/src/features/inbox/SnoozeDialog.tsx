import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { Button, Dialog, Field, Input } from '@/design';

interface Props {
  onClose: () => void;
  onChoose: (until: Date) => void;
}

export function SnoozeDialog({ onClose, onChoose }: Props) {
  const { t } = useLingui();
  const [value, setValue] = useState('');
  const until = new Date(value);
  const valid = until.getTime() > Date.now();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!valid) return;
    onClose();
    onChoose(until);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Snooze until`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="snooze"
            variant="primary"
            blocked={valid ? undefined : t`Choose a moment in the future`}
          >
            {t`Snooze`}
          </Button>
        </>
      }
    >
      <form id="snooze" onSubmit={submit}>
        <Field
          label={t`Date and time`}
          error={value && !valid ? t`Choose a moment in the future` : undefined}
        >
          <Input type="datetime-local" value={value} onChange={(event) => setValue(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
