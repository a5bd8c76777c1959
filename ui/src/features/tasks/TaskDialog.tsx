import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type TaskUpdate, type TaskView, taskDelete, taskShowOptions, taskUpdate } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useRemoval } from '@/app/useRemoval';
import { useMembers } from '@/conversations/members';
import { Button, Dialog, ErrorState, Field, Input, LockNote, Select, Skeleton, Textarea } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { Comments } from './Comments';
import css from './TaskDialog.module.css';
import { tasksKey, useTaskChange } from './tasks';

/** A task with everything about it. */
export function TaskDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui();
  const task = useQuery(taskShowOptions({ path: { workspace_id: useWorkspaceId(), task_id: id } }));
  if (task.isSuccess) return <Opened key={task.data.version} task={task.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t`Task`}>
      {task.isPending ? (
        <Skeleton lines={5} label={t`Loading`} />
      ) : (
        <ErrorState
          title={t`The task could not be loaded`}
          error={task.error}
          onRetry={() => void task.refetch()}
        />
      )}
    </Dialog>
  );
}

function Opened({ task, onClose }: { task: TaskView; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const people = useMembers();
  const blocked = useBlocked();
  const locked = blocked(task, 'task.edit');
  const [edits, setEdits] = useState<TaskUpdate>({});
  const { title, body, due_at, remind_at } = { ...task, ...edits };
  const assignee = edits.assignee_id === undefined ? task.assignee?.id : edits.assignee_id;
  const save = useTaskChange(
    (path, change: TaskUpdate) => taskUpdate({ path: { ...path, task_id: task.id }, body: change }),
    t`The task is as it was`,
  );
  const remove = useRemoval(tasksKey(workspace));
  const dirty = Object.keys(edits).length > 0;
  const change = (more: typeof edits) => setEdits({ ...edits, ...more });
  return (
    <Dialog
      open
      onClose={onClose}
      title={task.title}
      footer={
        <>
          <Button
            variant="danger"
            blocked={blocked(task, 'task.delete')}
            onClick={() => {
              onClose();
              void remove(task.title, () =>
                taskDelete({ path: { workspace_id: workspace, task_id: task.id } }),
              );
            }}
          >
            {t`Delete`}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t`Close`}
          </Button>
          <Button
            variant="primary"
            busy={save.isPending}
            blocked={locked ?? (dirty ? undefined : t`Nothing was changed`)}
            onClick={() => save.mutate(edits, { onSuccess: onClose })}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <div className={css.task}>
        <LockNote reason={locked} />
        {task.customer && (
          <p>
            <Link
              to={
                task.conversation_id
                  ? paths.conversation(workspace, 'all', task.conversation_id)
                  : paths.customer(workspace, task.customer.id)
              }
            >
              {task.customer.display_name}
            </Link>
          </p>
        )}
        <fieldset className={css.fields} disabled={locked !== undefined}>
          <Field label={t`What is to be done`}>
            <Input value={title} onChange={(event) => change({ title: event.target.value })} />
          </Field>
          <Field label={t`Details`}>
            <Textarea value={body} onChange={(event) => change({ body: event.target.value })} />
          </Field>
          <div className={css.columns}>
            <Field label={t`For whom`}>
              <Select
                value={assignee ?? ''}
                onChange={({ target }) => change({ assignee_id: target.value || null })}
              >
                <option value="">{t`Nobody yet`}</option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <MomentField label={t`Due`} value={due_at} onChange={(at) => change({ due_at: at })} />
            <MomentField label={t`Remind`} value={remind_at} onChange={(at) => change({ remind_at: at })} />
          </div>
        </fieldset>
        <Comments task={task} />
      </div>
    </Dialog>
  );
}

interface MomentProps {
  label: string;
  value: string | null;
  onChange: (iso: string | null) => void;
}

/** A moment by the clock of this device. */
function MomentField({ label, value, onChange }: MomentProps) {
  return (
    <Field label={label}>
      <Input
        type="datetime-local"
        value={value ? localOf(new Date(value)) : ''}
        onChange={({ target }) => onChange(target.value ? new Date(target.value).toISOString() : null)}
      />
    </Field>
  );
}

/** As the browser's field wants it: `2026-11-26T13:00`, without a zone. */
function localOf(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
