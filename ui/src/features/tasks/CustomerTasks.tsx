import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWorkspaceId } from '@/app/session';
import { ErrorState, Skeleton } from '@/design';
import { AddTask } from './AddTask';
import css from './CustomerTasks.module.css';
import { TaskDialog } from './TaskDialog';
import { TaskRow } from './TaskRow';
import { tasksOptions } from './tasks';

interface Props {
  customer: string;
  /** The conversation that a new task belongs to. */
  conversation?: string | undefined;
}

/** What is still to be done about a customer. */
export default function CustomerTasks({ customer, conversation }: Props) {
  const { t } = useLingui();
  const [opened, setOpened] = useState<string | null>(null);
  const tasks = useQuery(
    tasksOptions(useWorkspaceId(), { customer_id: customer, status: 'open', who: 'all' }),
  );
  return (
    <div className={css.tasks}>
      <AddTask about={conversation ? { conversation_id: conversation } : { customer_id: customer }} />
      {tasks.isPending ? (
        <Skeleton lines={2} label={t`Loading`} />
      ) : tasks.isError ? (
        <ErrorState
          title={t`The tasks could not be loaded`}
          error={tasks.error}
          onRetry={() => void tasks.refetch()}
        />
      ) : (
        <ul className={css.list}>
          {tasks.data.map((task) => (
            <TaskRow key={task.id} task={task} onOpen={setOpened} />
          ))}
        </ul>
      )}
      {opened && <TaskDialog id={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
