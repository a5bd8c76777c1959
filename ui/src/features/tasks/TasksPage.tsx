import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import type { TaskView } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, Checkbox, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import { useNow } from '@/i18n/time';
import { AddTask } from './AddTask';
import { grouped } from './groups';
import { TaskDialog } from './TaskDialog';
import { TaskRow } from './TaskRow';
import css from './TasksPage.module.css';
import { tasksOptions } from './tasks';
import { useGroupNames } from './useGroupNames';
import { WeekView } from './WeekView';

export interface TasksSearch {
  who?: 'team' | 'all';
  due?: 'overdue';
  view?: 'week';
  done?: true;
}

/** What is to be done by whom and when; a week of it as a calendar. */
export default function TasksPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const search = useSearch({ from: '/w/$workspace/tasks' });
  const { task } = useParams({ strict: false });
  const blocked = useBlockedHere()('task.view');
  const to = paths.tasks(workspace);
  const tabs: { label: string; search: TasksSearch }[] = [
    { label: t`Mine`, search: {} },
    { label: t`My teams’`, search: { who: 'team' } },
    { label: t`Everybody’s`, search: { who: 'all' } },
    { label: t`Overdue`, search: { who: 'all', due: 'overdue' } },
  ];
  const set = (more: Partial<TasksSearch>) =>
    void navigate({ to, search: { ...search, ...more }, replace: true });
  useTitle(t`Tasks`);
  return (
    <main>
      <Page
        wide={search.view === 'week'}
        title={t`Tasks`}
        actions={
          <Button onClick={() => set({ view: search.view ? undefined : 'week' })}>
            {search.view ? t`As a list` : t`As a week`}
          </Button>
        }
      >
        {blocked ? (
          <LockNote reason={blocked} />
        ) : (
          <>
            <AddTask />
            <div className={css.bar}>
              <nav className={css.tabs} aria-label={t`Whose tasks`}>
                {tabs.map((tab) => (
                  <Link
                    key={tab.label}
                    to={to}
                    search={{ ...tab.search, view: search.view, done: search.done }}
                    className={css.tab}
                    activeOptions={{ exact: true }}
                  >
                    {tab.label}
                  </Link>
                ))}
              </nav>
              <Checkbox
                label={t`Done ones`}
                checked={search.done ?? false}
                onChange={({ target }) => set({ done: target.checked || undefined })}
              />
            </div>
            <Tasks search={search} />
          </>
        )}
      </Page>
      {task && <TaskDialog id={task} onClose={() => void navigate({ to, search })} />}
    </main>
  );
}

function Tasks({ search }: { search: TasksSearch }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const query = useQuery(
    tasksOptions(workspace, {
      who: search.who ?? 'me',
      status: search.done ? 'done' : 'open',
      ...(search.due && { due: search.due }),
    }),
  );
  if (query.isPending) return <Skeleton lines={8} label={t`Loading`} />;
  if (query.isError) {
    return (
      <ErrorState
        title={t`The tasks could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (search.view === 'week') {
    return (
      <Section title={t`The week`} hideTitle flush>
        <WeekView tasks={query.data} />
      </Section>
    );
  }
  if (query.data.length === 0) return <Empty search={search} />;
  return <Groups tasks={query.data} done={search.done ?? false} />;
}

function Groups({ tasks, done }: { tasks: TaskView[]; done: boolean }) {
  const { t } = useLingui();
  const names = useGroupNames();
  const now = new Date(useNow());
  const groups = done
    ? [{ title: t`Done`, tasks }]
    : grouped(tasks, now).map(({ group, tasks }) => ({ title: names[group], tasks }));
  return groups.map(({ title, tasks }) => (
    <Section key={title} title={title} flush>
      <ul className={css.list}>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
    </Section>
  ));
}

function Empty({ search }: { search: TasksSearch }) {
  const { t } = useLingui();
  return (
    <EmptyState icon={<ListChecks size={30} aria-hidden="true" />} title={t`Nothing to do here`}>
      {search.who
        ? t`Nobody has a task that fits.`
        : t`Write above what you promised somebody. The date can be in words: “thu 9am”.`}
    </EmptyState>
  );
}
