import { useLingui } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { paths, type View, views } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { countersOptions, countOf, MOST_COUNTED, unreadOf } from '@/conversations/counters';
import { useScope } from '@/conversations/scope';
import { useNumber } from '@/i18n/useNumber';
import { type CommandId, useKeys } from '@/keyboard';
import css from './Rail.module.css';
import { RailLink } from './RailLink';
import { viewInfo } from './views';

export function ViewLink({ view }: { view: View }) {
  const { _ } = useLingui();
  const number = useNumber();
  const scope = useScope();
  const keys = useKeys(`view${views.indexOf(view) + 1}` as CommandId);
  const blocked = useBlockedHere()('conversation.view');
  const { data } = useQuery({ ...countersOptions(scope), enabled: !blocked });
  const count = countOf(data, view);
  const unread = view === 'mine' ? unreadOf(data, view) : 0;
  const { label, icon } = viewInfo[view];
  return (
    <RailLink to={paths.inbox(scope.workspace, view)} icon={icon} label={_(label)} keys={keys}>
      {unread > 0 ? (
        <span className={css.unread}>
          {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
          <span className="visually-hidden">
            {' '}
            <Trans>unread</Trans>
          </span>
        </span>
      ) : (
        !!count && <span className={css.count}>{number(count)}</span>
      )}
    </RailLink>
  );
}
