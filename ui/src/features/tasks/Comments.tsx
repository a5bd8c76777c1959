import { useLingui } from '@lingui/react/macro';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type TaskView, taskCommentCreate, taskCommentsList } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useLightSeats } from '@/conversations/members';
import { Avatar, Button, ErrorState, Skeleton, Textarea } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { When } from '@/i18n/When';
import css from './TaskDialog.module.css';
import { useTaskChange } from './tasks';

/** So many are read at once, the newest first. */
const PAGE = 50;

const commentsOptions = (workspace: string, task: string) =>
  infiniteQueryOptions({
    queryKey: ['task-comments', workspace, task],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = { workspace_id: workspace, task_id: task };
      const query = { sort: 'newest' as const, limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return (await taskCommentsList({ path, query, signal })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });

/** What people said about a task, the newest at the end; what was said before is fetched when somebody asks for it. */
export function Comments({ task }: { task: TaskView }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const light = useLightSeats();
  const blocked = useBlocked()(task, 'task.comment');
  const options = commentsOptions(useWorkspaceId(), task.id);
  const comments = useInfiniteQuery(options);
  const said = comments.data?.pages.flatMap(({ items }) => items).reverse() ?? [];
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
      ) : comments.isError && said.length === 0 ? (
        <ErrorState
          title={t`The comments could not be loaded`}
          error={comments.error}
          onRetry={() => void comments.refetch()}
        />
      ) : (
        <>
          {comments.hasNextPage && (
            <Button size="s" busy={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
              {t`Show earlier comments`}
            </Button>
          )}
          <ul className={css.list}>
            {said.map(({ id, author, text, created_at }) => (
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
        </>
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
