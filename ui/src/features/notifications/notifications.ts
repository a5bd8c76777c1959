import { infiniteQueryOptions } from '@tanstack/react-query';
import {
  type NotificationView,
  notificationsCountOptions,
  notificationsCountQueryKey,
  notificationsList,
} from '@/api';
import { paths, type SettingsPage } from '@/app/paths';
import { queryClient, readAgain } from '@/app/queryClient';
import { chime, sounds } from './sounds';

const PAGE = 50;

const listKey = (workspace: string) => ['notifications', workspace] as const;

/** What one was told, newest first. */
export const notificationsOptions = (workspace: string, unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [...listKey(workspace), unread],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(unread && { unread }), ...(pageParam && { cursor: pageParam }) };
      return (await notificationsList({ path: { workspace_id: workspace }, query, signal })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });

/** How many are unread, for the bell. */
export const countOptions = (workspace: string) =>
  notificationsCountOptions({ path: { workspace_id: workspace } });

/** Something was told or read: the list and the bell are asked for again. */
export function readNotificationsAgain(workspace: string) {
  readAgain({ queryKey: listKey(workspace) });
  readAgain({ queryKey: notificationsCountQueryKey({ path: { workspace_id: workspace } }) });
}

/** The bell shows at once what the stream says; more than before is heard, where somebody wants to hear it. */
export function receiveCount(workspace: string, unread: number) {
  const { queryKey } = countOptions(workspace);
  const before = queryClient.getQueryData(queryKey)?.unread ?? unread;
  queryClient.setQueryData(queryKey, { unread });
  if (unread > before && sounds.get()) chime();
  // The count is asked for once more: an answer on its way may tell of the time before.
  readNotificationsAgain(workspace);
}

/** Where news of what the workspace pays and has left can be looked into. */
const OF_MONEY: Partial<Record<NotificationView['kind'], SettingsPage>> = {
  'trial.ending': 'plan',
  'invoice.issued': 'invoices',
  'payment.failed': 'plan',
  'subscription.restricted': 'plan',
  'payer.reminded': 'plan',
  'seat.over_limit': 'plan',
  'credit.low': 'credits',
  'credit.purchased': 'credits',
  'usage.warned': 'plan',
  'support_request.answered': 'plan',
};

/** Where what it is about can be seen. */
export function placeOf(workspace: string, told: NotificationView): string {
  if (told.customer) return paths.customer(workspace, told.customer.id);
  if (told.conversation) return paths.conversation(workspace, 'all', told.conversation.id);
  if (told.task_id) return paths.task(workspace, told.task_id);
  if (told.member) return paths.member(workspace, told.member.id);
  if (told.waiting) return paths.inbox(workspace, told.waiting.mine > 0 ? 'mine' : 'unassigned');
  return paths.settings(workspace, OF_MONEY[told.kind]);
}
