import { useLingui } from '@lingui/react/macro';
import { CircleAlert } from 'lucide-react';
import { useMe } from '@/app/session';
import { discard, type Outgoing, retry } from '@/conversations/outbox';
import { Avatar, Button, cx } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { Attachments } from './Attachments';
import { TeamOnly } from './MessageItem';
import css from './Messages.module.css';
import { NoteText } from './NoteText';
import { RichText } from './RichText';

/** A message or note that is not on the server yet. One that the author must decide about is in the composer. */
export function OutgoingItem({ item }: { item: Outgoing }) {
  const { t } = useLingui();
  const { account } = useMe();
  const problemText = useProblemText();
  if (item.state === 'stale') return null;
  const failed = item.state === 'failed';
  const note = item.kind === 'note';
  return (
    <article className={css.item}>
      <div className={cx(css.turn, css.right)}>
        <span className={css.face}>
          <Avatar name={account.name} />
        </span>
        <div className={cx(css.bubble, note ? css.note : css.ours, failed ? css.unsent : css.sending)}>
          {note && <TeamOnly name={account.name} />}
          {item.text && (note ? <NoteText text={item.text} mentions={[]} /> : <RichText text={item.text} />)}
          <Attachments attachments={item.attachments} />
        </div>
      </div>
      <div className={cx(css.meta, css.metaRight)} role={failed ? 'alert' : undefined}>
        {failed ? (
          <>
            <span className={css.failed}>
              <CircleAlert size={14} aria-hidden="true" />
              {note ? t`Not added.` : t`Not sent.`} {problemText(item.problem)}
            </span>
            <Button size="s" onClick={() => void retry(item)}>
              {t`Try again`}
            </Button>
            <Button size="s" variant="ghost" onClick={() => discard(item)}>
              {t`Delete`}
            </Button>
          </>
        ) : note ? (
          t`Adding…`
        ) : (
          t`Sending…`
        )}
      </div>
    </article>
  );
}
