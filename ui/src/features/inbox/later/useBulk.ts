import { useLingui } from '@lingui/react/macro';
import { bulkActionCreate, type ConversationAction } from '@/api';
import { useFailure } from '@/app/useFailure';
import { UNDO } from '@/conversations/act';
import { savedOf } from '@/conversations/saved';
import { running } from '../bulk';
import type { ListSelection } from '../selection';
import type { Inbox } from '../useInbox';

/** Starts one action on everything selected. What comes of it is told where it runs. */
export function useBulk({ scope, filter }: Inbox, selection: ListSelection) {
  const { t } = useLingui();
  const failed = useFailure();
  return async (action: ConversationAction, done: string) => {
    try {
      const { data, response } = await bulkActionCreate({
        path: { workspace_id: scope.workspace },
        body: {
          selection: selection.everything ? { filter: savedOf(filter) } : { ids: [...selection.ids] },
          action,
        },
      });
      selection.clear();
      running.set((list) => [...list, { id: data.id, done, undo: response.headers.get(UNDO) }]);
    } catch (error) {
      failed(t`Nothing was changed`, error);
    }
  };
}
