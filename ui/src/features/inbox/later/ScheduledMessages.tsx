import { useLingui } from '@lingui/react/macro';
import { CalendarClock } from 'lucide-react';
import { type ScheduledMessageView, scheduledMessageDelete } from '@/api';
import { useFailure } from '@/app/useFailure';
import { putBack } from '@/conversations/putBack';
import { rescheduled } from '@/conversations/scheduled';
import { Button } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useOpened } from '../opened';
import css from './ScheduledMessages.module.css';

/** Answers that go out later, each with the way to call it off. */
export function ScheduledMessages({ waiting }: { waiting: ScheduledMessageView[] }) {
  const { t } = useLingui();
  return (
    <ul className={css.list} aria-label={t`Waiting to be sent`}>
      {waiting.map((message) => (
        <Waiting key={message.id} message={message} />
      ))}
    </ul>
  );
}

function Waiting({ message }: { message: ScheduledMessageView }) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const times = useTimes();
  const failed = useFailure();
  const blocked = useBlocked()(conversation, 'conversation.reply');

  async function callOff() {
    try {
      const { data } = await scheduledMessageDelete({
        path: {
          workspace_id: scope.workspace,
          conversation_id: conversation.id,
          scheduled_message_id: message.id,
        },
      });
      putBack(scope, conversation.id, data);
    } catch (error) {
      failed(t`Not called off`, error);
    } finally {
      rescheduled(scope, conversation.id);
    }
  }

  return (
    <li className={css.waiting}>
      <CalendarClock size={15} aria-hidden="true" />
      <span className={css.text}>
        <b title={times.full(message.send_at)}>
          {t`${message.author.name}, ${times.soon(new Date(message.send_at))}:`}
        </b>{' '}
        {message.text}
        {message.overtaken && <small>{t`The customer has written since.`}</small>}
      </span>
      <Button size="s" variant="ghost" blocked={blocked} onClick={() => void callOff()}>
        {t`Call off`}
      </Button>
    </li>
  );
}
