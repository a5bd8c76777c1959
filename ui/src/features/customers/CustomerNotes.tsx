import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import {
  type CustomerNoteView,
  type CustomerView,
  customerNoteCreate,
  customerNoteDelete,
  customerNotesListOptions,
  customerNotesListQueryKey,
  customerNoteUpdate,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Button, Field, IconButton, Textarea } from '@/design';
import { NoteText } from '@/features/inbox/NoteText';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import css from './CustomerProfile.module.css';

/** What the team knows about a customer, across all their conversations. The customer never sees it. */
export function CustomerNotes({ customer }: { customer: CustomerView }) {
  const { t } = useLingui();
  const [adding, setAdding] = useState(false);
  const path = { workspace_id: useWorkspaceId(), customer_id: customer.id };
  const here = useBlockedHere();
  const blocked = useBlocked()(customer, 'note.create');
  const unseen = here('note.view') !== undefined;
  const { data } = useQuery({ ...customerNotesListOptions({ path }), enabled: !unseen });
  if (unseen) return null;

  const changed = () => queryClient.invalidateQueries({ queryKey: customerNotesListQueryKey({ path }) });
  return (
    <section className={css.section} aria-label={t`Notes`}>
      <header className={css.header}>
        <h3 className={css.heading}>{t`Notes`}</h3>
        <IconButton size="s" label={t`Add a note`} blocked={blocked} onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden="true" />
        </IconButton>
      </header>
      {adding && (
        <NoteForm
          text=""
          onClose={() => setAdding(false)}
          onSave={async (text) => {
            await customerNoteCreate({ path, body: { text } });
            await changed();
          }}
        />
      )}
      {data?.items.map((note) => (
        <Note key={note.id} note={note} path={path} onChange={changed} />
      ))}
      {data?.items.length === 0 && !adding && <p className={css.none}>{t`None`}</p>}
    </section>
  );
}

interface NoteProps {
  note: CustomerNoteView;
  path: { workspace_id: string; customer_id: string };
  onChange: () => Promise<void>;
}

function Note({ note, path: of, onChange }: NoteProps) {
  const { t } = useLingui();
  const times = useTimes();
  const failed = useFailure();
  const blocked = useBlocked();
  const [editing, setEditing] = useState(false);
  const path = { ...of, note_id: note.id };

  async function remove() {
    try {
      await customerNoteDelete({ path });
      await onChange();
    } catch (error) {
      failed(t`Note not deleted`, error);
    }
  }

  if (editing) {
    return (
      <NoteForm
        text={note.text}
        onClose={() => setEditing(false)}
        onSave={async (text) => {
          await customerNoteUpdate({ path, body: { text, version: note.version } });
          await onChange();
        }}
      />
    );
  }
  return (
    <article className={css.note}>
      <NoteText text={note.text} mentions={[]} />
      <footer className={css.noteFoot}>
        <span>
          {note.author.name} · <time dateTime={note.created_at}>{times.date(note.created_at)}</time>
          {note.edited_at && ` · ${t`edited`}`}
        </span>
        <IconButton
          size="s"
          label={t`Edit the note`}
          blocked={blocked(note, 'note.edit')}
          onClick={() => setEditing(true)}
        >
          <Pencil size={13} aria-hidden="true" />
        </IconButton>
        <IconButton
          size="s"
          label={t`Delete the note`}
          blocked={blocked(note, 'note.delete')}
          onClick={() => void remove()}
        >
          <Trash2 size={13} aria-hidden="true" />
        </IconButton>
      </footer>
    </article>
  );
}

interface FormProps {
  text: string;
  onClose: () => void;
  onSave: (text: string) => Promise<void>;
}

function NoteForm({ text: before, onClose, onSave }: FormProps) {
  const { t } = useLingui();
  const failed = useFailure();
  const [text, setText] = useState(before);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || text.trim() === '') return;
    setBusy(true);
    try {
      await onSave(text.trim());
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
          blocked={text.trim() === '' ? t`Write something first` : undefined}
        >
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}
