import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { can, countersShowOptions, type MembershipView } from '@/api';
import { MOST_COUNTED } from '@/conversations/counters';
import css from './Unread.module.css';

/** How much waits unread in a workspace; counted when it is shown, for the one who looks. */
export function Unread({ membership }: { membership: MembershipView }) {
  const { data } = useQuery({
    ...countersShowOptions({ path: { workspace_id: membership.workspace.id } }),
    enabled: can(membership, 'conversation.view').allowed,
  });
  const unread = data?.unread.all ?? 0;
  if (unread === 0) return null;
  return (
    <span className={css.unread}>
      {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
      <span className="visually-hidden">
        {' '}
        <Trans>unread</Trans>
      </span>
    </span>
  );
}
