import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button } from '@/design';
import { NoteText } from '@/features/inbox/NoteText';
import { useTimes } from '@/i18n/time';
import css from './CustomerProfile.module.css';
import { conversationNotesOptions } from './notes';

interface Props {
  customer: string;
  /** The conversation that is open shows its own. */
  except?: string | undefined;
}

/** What was noted in the conversations of a customer; each leads to where it stands. */
export function ConversationNotes({ customer, except }: Props) {
  const { t } = useLingui();
  const times = useTimes();
  const workspace = useWorkspaceId();
  const query = useInfiniteQuery(conversationNotesOptions(workspace, customer));
  const notes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = notes.filter(({ conversation_id }) => conversation_id !== except);
  if (shown.length === 0 && !query.hasNextPage) return null;
  return (
    <>
      <h4 className={css.noteGroup}>{except ? t`In other conversations` : t`In conversations`}</h4>
      {shown.map((note) => (
        <article key={note.id} className={css.note}>
          <NoteText text={note.text} mentions={note.mentions} />
          <footer className={css.noteFoot}>
            <span>
              {note.author.name} ·{' '}
              <Link to={paths.conversation(workspace, 'all', note.conversation_id)}>
                <time dateTime={note.sent_at}>{times.date(note.sent_at)}</time>
                <span className="visually-hidden">, {t`to the conversation`}</span>
              </Link>
            </span>
          </footer>
        </article>
      ))}
      {query.hasNextPage && (
        <Button size="s" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}
