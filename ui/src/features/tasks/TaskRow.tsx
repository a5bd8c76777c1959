import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { MessageSquare } from 'lucide-react';
import type { TaskView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useLightSeats } from '@/conversations/members';
import { Avatar, Badge, cx } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useNow } from '@/i18n/time';
import { groupOf } from './groups';
import css from './TaskRow.module.css';
import { useDone } from './useDone';
import { useDueText } from './useDueText';

interface Props {
  task: TaskView;
  /** Opens it where the list stands, instead of on the page of tasks. */
  onOpen?: (id: string) => void;
}

/** One task in a list: done with a click, opened by its title. */
export function TaskRow({ task, onOpen }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const light = useLightSeats();
  const blocked = useBlocked()(task, 'task.edit');
  const due = useDueText();
  const now = new Date(useNow());
  const setDone = useDone();
  const done = task.status === 'done';
  const late = !done && groupOf(task, now) === 'overdue';
  const { title, assignee } = task;
  return (
    <li className={cx(css.row, done && css.done)}>
      <input
        type="checkbox"
        className={css.check}
        aria-label={t`Done: ${title}`}
        title={blocked?.reason}
        checked={done}
        aria-disabled={blocked ? true : undefined}
        onChange={() => !blocked && setDone(task, !done)}
      />
      <span className={css.text}>
        {onOpen ? (
          <button type="button" className={css.title} onClick={() => onOpen(task.id)}>
            {title}
          </button>
        ) : (
          <Link to={paths.task(workspace, task.id)} search={true} className={css.title}>
            {title}
          </Link>
        )}
        <span className={css.facts}>
          {task.due_at && <span className={cx(late && css.late)}>{due(task.due_at)}</span>}
          {task.customer && !onOpen && (
            <Link
              to={
                task.conversation_id
                  ? paths.conversation(workspace, 'all', task.conversation_id)
                  : paths.customer(workspace, task.customer.id)
              }
            >
              {task.customer.display_name}
            </Link>
          )}
          {task.comments_count > 0 && (
            <span className={css.comments}>
              <MessageSquare size={12} aria-hidden="true" />
              {task.comments_count}
              <span className="visually-hidden"> {t`comments`}</span>
            </span>
          )}
        </span>
      </span>
      {assignee ? (
        <span className={css.who} title={assignee.name}>
          <Avatar name={assignee.name} size={24} light={light.has(assignee.id)} />
          <span className="visually-hidden">{assignee.name}</span>
        </span>
      ) : (
        <Badge tone="warn">{t`Nobody has it`}</Badge>
      )}
    </li>
  );
}
