import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ConversationStatus, customerConversationsList } from '@/api';
import { paths, type View } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './CustomerProfile.module.css';

const viewOf: Record<ConversationStatus, View> = {
  open: 'all',
  snoozed: 'snoozed',
  solved: 'done',
  spam: 'spam',
  archived: 'archived',
};

export function CustomerConversations({
  customer,
  except,
}: {
  customer: string;
  except?: string | undefined;
}) {
  const { t } = useLingui();
  const times = useTimes();
  const workspace = useWorkspaceId();
  const query = useInfiniteQuery({
    queryKey: ['customer-conversations', workspace, customer],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await customerConversationsList({
        path: { workspace_id: workspace, customer_id: customer },
        query: pageParam ? { cursor: pageParam } : {},
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });
  const rows = query.data?.pages.flatMap((page) => page.items).filter((each) => each.id !== except) ?? [];
  const names: Record<ConversationStatus, string> = {
    open: t({ message: 'Open', context: 'status of a conversation' }),
    snoozed: t({ message: 'Snoozed', context: 'status of a conversation' }),
    solved: t({ message: 'Done', context: 'status of a conversation' }),
    spam: t({ message: 'Spam', context: 'status of a conversation' }),
    archived: t({ message: 'Archived', context: 'status of a conversation' }),
  };

  if (query.isPending) return null;
  if (rows.length === 0) return <p className={css.none}>{t`None`}</p>;
  return (
    <>
      <ul className={css.history}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={paths.conversation(workspace, viewOf[row.status], row.id)} className={css.past}>
              <span className={css.pastText}>{row.subject ?? row.preview?.text ?? row.channel.name}</span>
              <small>
                {names[row.status]} ·{' '}
                <time dateTime={row.last_activity_at}>{times.date(row.last_activity_at)}</time>
              </small>
            </Link>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="s" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}
