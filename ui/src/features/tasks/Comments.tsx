import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type TaskView, taskCommentCreate, taskCommentsListOptions } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useLightSeats } from '@/conversations/members';
import { Avatar, Button, ErrorState, Skeleton, Textarea } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { When } from '@/i18n/When';
import css from './TaskDialog.module.css';
import { useTaskChange } from './tasks';

/** As many as the server gives at once. */
const MOST = 100;

/** What people said about a task. */
export function Comments({ task }: { task: TaskView }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const light = useLightSeats();
  const blocked = useBlocked()(task, 'task.comment');
  const options = taskCommentsListOptions({
    path: { workspace_id: useWorkspaceId(), task_id: task.id },
    query: { limit: MOST },
  });
  const comments = useQuery(options);
  const create = useTaskChange(
    (path, words: string) =>
      taskCommentCreate({ path: { ...path, task_id: task.id }, body: { text: words } }),
    t`The comment is not added`,
  );

  function add(event: FormEvent) {
    event.preventDefault();
    const words = text.trim();
    if (!words || blocked || create.isPending) return;
    create.mutate(words, {
      onSuccess: () => {
        setText('');
        void queryClient.invalidateQueries({ queryKey: options.queryKey });
      },
    });
  }

  return (
    <section className={css.comments} aria-label={t`Comments`}>
      <h3>{t`Comments`}</h3>
      {comments.isPending ? (
        <Skeleton lines={2} label={t`Loading`} />
      ) : comments.isError ? (
        <ErrorState
          title={t`The comments could not be loaded`}
          error={comments.error}
          onRetry={() => void comments.refetch()}
        />
      ) : (
        <ul className={css.list}>
          {comments.data.items.map(({ id, author, text, created_at }) => (
            <li key={id} className={css.comment}>
              <Avatar name={author.name} size={24} light={light.has(author.id)} />
              <div>
                <b>{author.name}</b>{' '}
                <small>
                  <When at={created_at} />
                </small>
                <p>{text}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <form className={css.write} onSubmit={add}>
        <Textarea
          rows={2}
          aria-label={t`New comment`}
          value={text}
          readOnly={blocked !== undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) =>
            event.key === 'Enter' &&
            (event.ctrlKey || event.metaKey) &&
            event.currentTarget.form?.requestSubmit()
          }
        />
        <Button type="submit" busy={create.isPending} blocked={blocked}>
          {t`Comment`}
        </Button>
      </form>
    </section>
  );
}
