import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { BellOff, CheckCheck } from 'lucide-react';
import { type NotificationView, notificationReadPut, notificationsReadAll } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useTitle } from '@/app/useTitle';
import { Button, Checkbox, cx, EmptyState, ErrorState, Page, Section, Skeleton } from '@/design';
import { When } from '@/i18n/When';
import css from './NotificationsPage.module.css';
import { notificationsOptions, placeOf, readNotificationsAgain } from './notifications';
import { useSentence } from './useSentence';

/** What one was told. Opening one leads to what it is about, and counts as having read it. */
export default function NotificationsPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const failed = useFailure();
  const { unread = false } = useSearch({ from: '/w/$workspace/notifications' });
  const query = useInfiniteQuery(notificationsOptions(workspace, unread));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const readAll = useMutation({
    mutationFn: () => notificationsReadAll({ path: { workspace_id: workspace } }),
    onError: (error) => failed(t`They are still unread`, error),
    onSettled: () => readNotificationsAgain(workspace),
  });
  useTitle(t`Notifications`);
  return (
    <main>
      <Page
        title={t`Notifications`}
        description={<Link to={paths.me('notifications')}>{t`Choose what you are told, and how`}</Link>}
        actions={
          <Button
            icon={<CheckCheck size={15} aria-hidden="true" />}
            busy={readAll.isPending}
            blocked={items.some(({ read_at }) => !read_at) ? undefined : t`Everything is read`}
            onClick={() => readAll.mutate()}
          >
            {t`Mark all as read`}
          </Button>
        }
      >
        <Checkbox
          label={t`Unread only`}
          checked={unread}
          onChange={(event) =>
            void navigate({
              to: paths.notifications(workspace),
              search: event.target.checked ? { unread: true } : {},
              replace: true,
            })
          }
        />
        <Section title={t`Notifications`} hideTitle flush>
          {query.isPending ? (
            <Skeleton lines={6} label={t`Loading`} />
          ) : query.isError && items.length === 0 ? (
            <ErrorState
              title={t`The notifications could not be loaded`}
              error={query.error}
              onRetry={() => void query.refetch()}
            />
          ) : items.length === 0 ? (
            <EmptyState
              icon={<BellOff size={28} aria-hidden="true" />}
              title={unread ? t`Everything is read` : t`Nothing yet`}
            >
              {t`When somebody mentions you, gives you something or hands over, it stands here.`}
            </EmptyState>
          ) : (
            <ul className={css.list}>
              {items.map((each) => (
                <Row key={each.id} notification={each} />
              ))}
            </ul>
          )}
        </Section>
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`Show more`}
          </Button>
        )}
      </Page>
    </main>
  );
}

function Row({ notification }: { notification: NotificationView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const sentence = useSentence();
  const { id, read_at, at, conversation, customer, answer } = notification;
  const excerpt = conversation?.excerpt || customer?.excerpt || answer;
  const open = useMutation({
    mutationFn: () => notificationReadPut({ path: { workspace_id: workspace, notification_id: id } }),
    onSettled: () => readNotificationsAgain(workspace),
  });
  return (
    <li>
      <Link
        to={placeOf(workspace, notification)}
        {...(customer?.note_id && { hash: customer.note_id })}
        className={cx(css.row, !read_at && css.unread)}
        onClick={() => !read_at && open.mutate()}
      >
        <span className={css.dot}>{!read_at && <span className="visually-hidden">{t`Unread:`}</span>}</span>
        <span className={css.text}>
          <span>{sentence(notification)}</span>
          {excerpt && <small>{excerpt}</small>}
        </span>
        <span className={css.when}>
          <When at={at} />
        </span>
      </Link>
    </li>
  );
}
