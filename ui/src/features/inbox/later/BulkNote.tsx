import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { ConversationAction } from '@/api';
import { Button, Dialog, Field, Textarea } from '@/design';

interface Props {
  /** Goes away with the selection once it was accepted; what was refused can be tried again. */
  run: (action: ConversationAction, done: string) => Promise<void>;
  onClose: () => void;
}

/** As the server takes it. */
const NOTE_MAX = 10_000;

/** Writes the same note in every selected conversation. */
export function BulkNote({ run, onClose }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const empty = text.trim() === '' ? t`Write something first` : undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (empty || busy) return;
    setBusy(true);
    await run({ kind: 'note', text }, t`Notes written`);
    setBusy(false);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`A note in each`}
      description={t`It stands in every selected conversation. Only your team sees it.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="bulk-note" variant="primary" busy={busy} blocked={empty}>
            {t`Add the notes`}
          </Button>
        </>
      }
    >
      <form id="bulk-note" onSubmit={(event) => void submit(event)}>
        <Field label={t`Note`}>
          <Textarea
            rows={4}
            maxLength={NOTE_MAX}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
