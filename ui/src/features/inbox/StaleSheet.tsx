import { useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { saveDraft } from '@/conversations/drafts';
import { discard, type Outgoing, sendAnyway } from '@/conversations/outbox';
import { putBack } from '@/conversations/putBack';
import { offerUndo } from '@/conversations/undo';
import { Avatar, Button } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './StaleSheet.module.css';

/** Someone answered while this reply was being written: shows what, and leaves the decision to its author. */
export function StaleSheet({ item }: { item: Outgoing }) {
  const { t } = useLingui();
  const times = useTimes();
  const sheet = useRef<HTMLElement>(null);
  const newer = item.problem?.messages ?? [];
  const latest = newer.at(-1);
  useEffect(() => sheet.current?.focus(), []);

  /** Puts the text back in front of what was typed since. */
  function edit() {
    putBack(item.scope, item.conversation, item);
    discard(item);
    document.getElementById('reply')?.focus();
  }

  return (
    <section ref={sheet} className={css.sheet} aria-label={t`Your reply was not sent`} tabIndex={-1}>
      <p className={css.title} role="alert">
        <TriangleAlert size={15} aria-hidden="true" />
        {latest
          ? t`${latest.author.name} replied meanwhile. Your reply was not sent.`
          : t`Someone replied meanwhile. Your reply was not sent.`}
      </p>
      <ul className={css.newer}>
        {newer.map((message) => (
          <li key={message.id} className={css.message}>
            <Avatar name={message.author.name} size={24} />
            <div>
              <b>{message.author.name}</b>{' '}
              <time dateTime={message.sent_at} title={times.full(message.sent_at)}>
                {times.ago(message.sent_at)}
              </time>
              <p className={css.text}>{message.text}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className={css.label}>{t`Your reply`}</p>
      <p className={css.mine}>{item.text}</p>
      <div className={css.actions}>
        <Button
          variant="ghost"
          onClick={() => {
            discard(item);
            offerUndo(t`Reply discarded`, t`Undo`, () =>
              saveDraft(item.scope, item.conversation, 'reply', item.text),
            );
          }}
        >
          {t`Discard`}
        </Button>
        <Button onClick={edit}>{t`Edit`}</Button>
        <Button variant="primary" onClick={() => void sendAnyway(item)}>
          {t`Send anyway`}
        </Button>
      </div>
    </section>
  );
}
