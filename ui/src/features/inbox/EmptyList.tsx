import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CheckCheck, ListFilter, MessagesSquare } from 'lucide-react';
import { isView, paths } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { countersOptions, countOf, isUntouched } from '@/conversations/counters';
import { Button, EmptyState } from '@/design';
import { viewInfo } from '@/shell/views';
import type { Inbox } from './useInbox';

/** An empty list says why, and where to go on. */
export function EmptyList({ inbox }: { inbox: Inbox }) {
  const { t, i18n } = useLingui();
  const { data: counters } = useQuery(countersOptions(inbox.scope));
  const blocked = useBlockedHere();
  const { place, search } = inbox;

  if (search.unread || search.channel || search.label) {
    return (
      <EmptyState
        icon={<ListFilter size={28} aria-hidden="true" />}
        title={t`Nothing matches the filters`}
        action={<Button onClick={() => inbox.setSearch({})}>{t`Clear the filters`}</Button>}
      />
    );
  }
  if (isUntouched(counters)) {
    return (
      <EmptyState
        icon={<MessagesSquare size={30} aria-hidden="true" />}
        title={t`No conversations yet`}
        action={
          !blocked('channel.manage') && (
            <Link
              to={paths.settings(inbox.scope.workspace, 'channels')}
            >{t`Put the chat on your website`}</Link>
          )
        }
      >
        {t`What visitors write appears here by itself.`}
      </EmptyState>
    );
  }
  const next = (['unassigned', 'all'] as const).find(
    (each) => each !== place && (countOf(counters, each) ?? 0) > 0,
  );
  const open = !isView(place) || place === 'mine' || place === 'unassigned' || place === 'all';
  return (
    <EmptyState
      icon={<CheckCheck size={30} aria-hidden="true" />}
      title={open ? t`You are all caught up` : t`Nothing here`}
      action={
        open &&
        next && (
          <Button onClick={() => inbox.setPlace(next)}>
            {i18n._(viewInfo[next].label)} · {countOf(counters, next)}
          </Button>
        )
      }
    >
      {open
        ? t`New conversations appear here by themselves.`
        : t`Conversations with this status appear here.`}
    </EmptyState>
  );
}
