import { useLingui } from '@lingui/react/macro';
import { statusPut, type TaskView, taskUpdate } from '@/api';
import { patch } from '@/app/patch';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { readTasksAgain, tasksKey } from './tasks';

/** Marks a task done or not, at once. Where it belongs to a conversation, that one can be done with it. */
export function useDone(): (task: TaskView, done: boolean) => void {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();

  function show(task: TaskView, status: TaskView['status']) {
    for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: tasksKey(workspace) })) {
      patch<TaskView[]>(queryKey, (tasks) =>
        Array.isArray(tasks)
          ? tasks.map((each) => (each.id === task.id ? { ...each, status } : each))
          : tasks,
      );
    }
  }

  const close = (conversation: string) => async () => {
    const path = { workspace_id: workspace, conversation_id: conversation };
    await statusPut({ path, body: { status: 'solved' } }).catch((error) =>
      failed(t`The conversation is still open`, error),
    );
  };

  return (task, done) => {
    const status = done ? 'done' : 'open';
    const path = { workspace_id: workspace, task_id: task.id };
    const { conversation_id, customer } = task;
    show(task, status);
    taskUpdate({ path, body: { status } }).then(
      () => {
        readTasksAgain(workspace);
        if (!done) return;
        const name = customer?.display_name ?? '';
        toast({
          title: t`“${task.title}” is done`,
          action: conversation_id
            ? { label: t`Close the conversation with ${name}`, run: close(conversation_id) }
            : undefined,
        });
      },
      (error) => {
        show(task, task.status);
        readTasksAgain(workspace);
        failed(t`The task is as it was`, error);
      },
    );
  };
}
