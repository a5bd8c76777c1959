import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { TaskView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, cx, IconButton } from '@/design';
import { useTimes } from '@/i18n/time';
import { dayFrom, weekOf } from './groups';
import css from './WeekView.module.css';

/** What is due in a week, by its days. */
export function WeekView({ tasks }: { tasks: TaskView[] }) {
  const { t, i18n } = useLingui();
  const times = useTimes();
  const workspace = useWorkspaceId();
  const today = dayFrom(new Date(), 0);
  const [moment, setMoment] = useState(today);
  const week = weekOf(tasks, moment);
  const format = new Intl.DateTimeFormat(i18n.locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const range = new Intl.DateTimeFormat(i18n.locale, { day: 'numeric', month: 'long' });
  const span = range.formatRange(week[0]!.day, week[6]!.day);
  return (
    <div className={css.calendar}>
      <header className={css.header}>
        <h2 className={css.span} aria-live="polite">
          {span}
        </h2>
        <Button size="s" onClick={() => setMoment(today)}>{t`This week`}</Button>
        <IconButton size="s" label={t`The week before`} onClick={() => setMoment(dayFrom(moment, -7))}>
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <IconButton size="s" label={t`The week after`} onClick={() => setMoment(dayFrom(moment, 7))}>
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <ol className={css.week}>
        {week.map(({ day, tasks: due }) => (
          <li key={day.getTime()} className={cx(css.day, day.getTime() === today.getTime() && css.today)}>
            <h3>{format.format(day)}</h3>
            <ul>
              {due.map((task) => (
                <li key={task.id}>
                  <Link
                    to={paths.task(workspace, task.id)}
                    search={true}
                    className={cx(css.task, task.status === 'done' && css.done)}
                  >
                    <time dateTime={task.due_at ?? ''}>{task.due_at && times.clock(task.due_at)}</time>
                    {task.title}
                    {task.assignee && <small>{task.assignee.name}</small>}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}
