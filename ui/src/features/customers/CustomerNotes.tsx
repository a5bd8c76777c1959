import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type CustomerNoteView, type CustomerView, customerNoteDelete } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useRemoval } from '@/app/useRemoval';
import { Button, IconButton } from '@/design';
import { Attachments } from '@/features/inbox/Attachments';
import { NoteText } from '@/features/inbox/NoteText';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { ConversationNotes } from './ConversationNotes';
import css from './CustomerProfile.module.css';
import { NewNote } from './NewNote';
import { NoteForm } from './NoteForm';
import { notesKey, profileNotesOptions } from './notes';

interface Props {
  customer: CustomerView;
  /** The conversation beside which the profile stands. */
  current?: string | undefined;
}

/** What the team knows about a customer, across all their conversations. The customer never sees it. */
export function CustomerNotes({ customer, current }: Props) {
  const { t } = useLingui();
  const [adding, setAdding] = useState(false);
  const workspace = useWorkspaceId();
  const path = { workspace_id: workspace, customer_id: customer.id };
  const here = useBlockedHere();
  const blocked = useBlocked()(customer, 'note.create');
  const unseen = here('note.view') !== undefined;
  const query = useInfiniteQuery({ ...profileNotesOptions(workspace, customer.id), enabled: !unseen });
  if (unseen) return null;

  const notes = query.data?.pages.flatMap(({ items }) => items);
  const changed = () => queryClient.invalidateQueries({ queryKey: notesKey(workspace, 'profile') });
  return (
    <section className={css.section} aria-label={t`Notes`}>
      <header className={css.header}>
        <h3 className={css.heading}>{t`Notes`}</h3>
        <IconButton size="s" label={t`Add a note`} blocked={blocked} onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden="true" />
        </IconButton>
      </header>
      {adding && <NewNote path={path} onChange={changed} onClose={() => setAdding(false)} />}
      {notes?.map((note) => (
        <Note key={note.id} note={note} path={path} onChange={changed} />
      ))}
      {query.hasNextPage && (
        <Button size="s" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
      {notes?.length === 0 && !adding && <p className={css.none}>{t`None`}</p>}
      <ConversationNotes customer={customer.id} except={current} />
    </section>
  );
}

interface NoteProps {
  note: CustomerNoteView;
  path: { workspace_id: string; customer_id: string };
  onChange: () => Promise<void>;
}

function Note({ note, path, onChange }: NoteProps) {
  const { t } = useLingui();
  const times = useTimes();
  const blocked = useBlocked();
  const remove = useRemoval(notesKey(path.workspace_id, 'profile'));
  const [editing, setEditing] = useState(false);
  const sought = useLocation({ select: ({ hash }) => hash === note.id });
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (sought) place.current?.scrollIntoView({ block: 'center' });
  }, [sought]);

  if (editing) {
    return <NoteForm note={note} path={path} onChange={onChange} onClose={() => setEditing(false)} />;
  }
  return (
    <article ref={place} className={css.note} data-sought={sought || undefined}>
      <NoteText text={note.text} mentions={note.mentions} />
      <Attachments attachments={note.attachments} />
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
          onClick={() =>
            void remove(t`The note`, () => customerNoteDelete({ path: { ...path, note_id: note.id } }))
          }
        >
          <Trash2 size={13} aria-hidden="true" />
        </IconButton>
      </footer>
    </article>
  );
}
