import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { type CustomerNoteView, customerNoteUpdate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { mentionsIn, useMentionable } from '@/conversations/mentions';
import { Button, Field, Textarea } from '@/design';
import css from './CustomerProfile.module.css';

interface Props {
  note: CustomerNoteView;
  path: { workspace_id: string; customer_id: string };
  onChange: () => Promise<void>;
  onClose: () => void;
}

/** Changes a note that stands. */
export function NoteForm({ note, path, onChange, onClose }: Props) {
  const { t } = useLingui();
  const failed = useFailure();
  const people = useMentionable();
  const [text, setText] = useState(note.text);
  const [busy, setBusy] = useState(false);
  const empty = text.trim() === '' && note.attachments.length === 0;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || empty) return;
    setBusy(true);
    // Whom a note called before and calls still stays called, also where one does not see them in the list.
    const mentions = mentionsIn(text, [...people, ...note.mentions]).map(({ kind, id }) => ({ kind, id }));
    try {
      await customerNoteUpdate({
        path: { ...path, note_id: note.id },
        body: { text: text.trim(), version: note.version, mentions },
      });
      await onChange();
      onClose();
    } catch (error) {
      setBusy(false);
      failed(t`Note not saved`, error);
    }
  }

  return (
    <form className={css.noteForm} onSubmit={submit}>
      <Field label={t`Note about the customer`} hideLabel>
        <Textarea
          autoFocus
          value={text}
          maxLength={10_000}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <div className={css.noteActions}>
        <Button size="s" variant="ghost" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button
          size="s"
          type="submit"
          variant="primary"
          busy={busy}
          blocked={empty ? t`Write something first` : undefined}
        >
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}
