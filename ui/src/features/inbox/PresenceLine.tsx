import { useLingui } from '@lingui/react/macro';
import { useActions } from '@/conversations/actions';
import { useLightSeats, useMembers } from '@/conversations/members';
import { Avatar, Button } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { usePresence } from '@/realtime';
import css from './Composer.module.css';
import { Dots } from './Dots';
import { useOpened } from './opened';

/** Right above the text, where it matters: who else is here, or whose conversation this is. */
export function PresenceLine() {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const [first, ...others] = usePresence(conversation.id);
  const light = useLightSeats();
  const { assignee } = conversation;
  const count = others.length;

  return (
    <div className={css.presence} role="status">
      {first ? (
        <p className={css.here} data-writing={first.state === 'replying' || undefined}>
          <Avatar name={first.name} size={20} light={light.has(first.id)} />
          {first.state === 'replying' ? t`${first.name} is replying…` : t`${first.name} is viewing`}
          {count > 0 && ` ${t`and ${count} more`}`}
          {first.state === 'replying' && <Dots />}
        </p>
      ) : (
        assignee && assignee.id !== scope.member && <AssignedElsewhere name={assignee.name} />
      )}
    </div>
  );
}

function AssignedElsewhere({ name }: { name: string }) {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { assign } = useActions();
  const me = useMembers().find((member) => member.is_me);
  const blocked = useBlocked()(conversation, 'conversation.assign');
  return (
    <p className={css.here}>
      {t`Assigned to ${name}`}
      {me && !blocked && (
        <Button
          size="s"
          variant="ghost"
          onClick={() => void assign(conversation, { id: me.id, name: me.name })}
        >
          {t`Take it`}
        </Button>
      )}
    </p>
  );
}
