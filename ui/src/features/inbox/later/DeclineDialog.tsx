import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, Dialog, Field, Textarea } from '@/design';

interface Props {
  giver: string;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

/** Sends a hand-over back, with a reason if there is one to give. */
export function DeclineDialog({ giver, onClose, onDecline }: Props) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Decline the hand-over`}
      description={t`The conversation goes back to ${giver}.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              onDecline(reason.trim());
            }}
          >
            {t`Decline`}
          </Button>
        </>
      }
    >
      <Field label={t`Reason`} hint={t`Only your team sees it. It may stay empty.`}>
        <Textarea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  );
}
