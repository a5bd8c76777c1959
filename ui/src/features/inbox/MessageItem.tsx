import { useLingui } from '@lingui/react/macro';
import { Check, CheckCheck, Lock, Sparkles } from 'lucide-react';
import { memo } from 'react';
import { can, type MessageView } from '@/api';
import { Avatar, cx } from '@/design';
import { useTimes } from '@/i18n/time';
import { Attachments } from './Attachments';
import { MessageMenu, NoteActions } from './dialogs';
import { HeldMessage } from './HeldMessage';
import css from './Messages.module.css';
import { NoteText } from './NoteText';
import { RichText } from './RichText';

interface Props {
  message: MessageView;
  /** Whether the conversation begins with it. */
  first: boolean;
  last: boolean;
  /** Whether to say how far this message got: only the latest of ours does. */
  receipt: boolean;
}

export const MessageItem = memo(function MessageItem({ message, first, last, receipt }: Props) {
  const { t } = useLingui();
  const times = useTimes();
  const { author, direction, text, attachments, sent_at } = message;

  if (author.kind === 'system') {
    return (
      <p className={css.event}>
        {text} <time dateTime={sent_at}>{times.clock(sent_at)}</time>
      </p>
    );
  }
  const ours = direction !== 'inbound';
  const note = direction === 'internal';
  const changeable =
    note && !message.deleted && (can(message, 'note.edit').allowed || can(message, 'note.delete').allowed);
  const look = note ? css.note : author.kind === 'ai' ? css.ai : ours ? css.ours : css.theirs;
  return (
    <article className={css.item}>
      <div className={cx(css.turn, ours && css.right)}>
        <span className={css.face}>{last && <Avatar name={author.name} />}</span>
        <div className={cx(css.bubble, look)}>
          {note && <TeamOnly name={author.name} />}
          {author.kind === 'ai' && (
            <span className={css.who}>
              <Sparkles size={12} aria-hidden="true" />
              {t`AI`}
            </span>
          )}
          {!note && <span className="visually-hidden">{t`${author.name}:`} </span>}
          {message.deleted ? (
            <em>{t`This note was deleted`}</em>
          ) : note ? (
            <NoteText text={text} mentions={message.mentions} />
          ) : (
            text && <RichText text={text} />
          )}
          <Attachments attachments={attachments} />
        </div>
        {message.state !== 'held' && (
          <span className={css.more}>
            <MessageMenu message={message} first={first} />
          </span>
        )}
      </div>
      {(last || receipt || changeable || message.state === 'held') && (
        <p className={cx(css.meta, ours && css.metaRight)}>
          {ours && last && direction === 'outbound' && <span>{author.name}</span>}
          <time dateTime={sent_at} title={times.full(sent_at)}>
            {times.clock(sent_at)}
          </time>
          {message.edited_at && <span title={times.full(message.edited_at)}>{t`edited`}</span>}
          {changeable && <NoteActions note={message} />}
          {message.state === 'held' ? (
            <HeldMessage message={message} />
          ) : (
            receipt && <Receipt state={message.state} />
          )}
        </p>
      )}
    </article>
  );
});

/** Whose note this is, and for whom. */
export function TeamOnly({ name }: { name: string }) {
  const { t } = useLingui();
  return (
    <span className={css.who}>
      <Lock size={12} aria-hidden="true" />
      {t`${name} · only your team sees this`}
    </span>
  );
}

function Receipt({ state }: { state: MessageView['state'] }) {
  const { t } = useLingui();
  if (state === 'failed') return <span className={css.failed}>{t`Not delivered`}</span>;
  const text = {
    sent: t`Sent`,
    delivered: t`Delivered`,
    read: t`Seen`,
    received: '',
    held: '',
    withdrawn: '',
  }[state];
  const Icon = state === 'sent' ? Check : CheckCheck;
  return (
    <span className={css.receipt}>
      <Icon size={14} aria-hidden="true" />
      {text}
    </span>
  );
}
