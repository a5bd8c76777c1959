import { queryOptions, useMutation } from '@tanstack/react-query';
import { type TasksListData, type TaskView, tasksList } from '@/api';
import { readAgain } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';

type Query = NonNullable<TasksListData['query']>;

/** What everything about the tasks of a workspace is cached under. */
export const tasksKey = (workspace: string) => ['tasks', workspace] as const;

/** The server's longest page. */
const PAGE = 100;
/** Nobody looks through more; who has more narrows the list. */
const MOST_PAGES = 5;

/** The tasks that fit, first due first. */
export const tasksOptions = (workspace: string, query: Query) =>
  queryOptions({
    queryKey: [...tasksKey(workspace), query],
    queryFn: async ({ signal }) => {
      const items: TaskView[] = [];
      let cursor: string | null | undefined;
      for (let page = 0; page < MOST_PAGES && cursor !== null; page++) {
        const asked = { ...query, limit: PAGE, ...(cursor && { cursor }) };
        const { data } = await tasksList({ path: { workspace_id: workspace }, query: asked, signal });
        items.push(...data.items);
        cursor = data.next_cursor;
      }
      return items;
    },
  });

export const readTasksAgain = (workspace: string) => readAgain({ queryKey: tasksKey(workspace) });

/** A change of a task, after which the tasks are read again. */
export function useTaskChange<Change, Answer>(
  change: (path: { workspace_id: string }, what: Change) => Promise<{ data: Answer }>,
  failed: string,
) {
  const workspace = useWorkspaceId();
  const failure = useFailure();
  return useMutation({
    mutationFn: async (what: Change) => (await change({ workspace_id: workspace }, what)).data,
    onError: (error) => failure(failed, error),
    onSettled: () => readTasksAgain(workspace),
  });
}
