import { useLingui } from '@lingui/react/macro';
import { CalendarClock, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type TaskCreate, taskCreate } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useMembers } from '@/conversations/members';
import { useScope } from '@/conversations/scope';
import { Button, Input, Select } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './AddTask.module.css';
import { readTask } from './due';
import { useTaskChange } from './tasks';

/** A new task in one line: the date is read from the words, and shown before it counts. */
export function AddTask({ about = {} }: { about?: Pick<TaskCreate, 'conversation_id' | 'customer_id'> }) {
  const { t, i18n } = useLingui();
  const times = useTimes();
  const { member } = useScope();
  const people = useMembers();
  const blocked = useBlockedHere()('task.create');
  const [text, setText] = useState('');
  const [assignee, setAssignee] = useState(member);
  const { title, due } = readTask(text, i18n.locale, new Date());
  const create = useTaskChange(
    (path, body: TaskCreate) => taskCreate({ path, body }),
    t`The task is not added`,
  );

  function add(event: FormEvent) {
    event.preventDefault();
    if (!title || blocked) return;
    const body = {
      title,
      assignee_id: assignee || null,
      due_at: due?.toISOString() ?? null,
      ...about,
    };
    // The next one can be written at once; words that were not taken stand there again, unless others do.
    setText('');
    create.mutateAsync(body).catch(() => setText((since) => since || text));
  }

  return (
    <form className={css.form} onSubmit={add}>
      <Input
        className={css.text}
        aria-label={t`New task`}
        placeholder={t`Add a task, such as “Call Inés thu 9am”`}
        value={text}
        readOnly={blocked !== undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        className={css.who}
        aria-label={t`For whom`}
        value={assignee}
        onChange={(event) => setAssignee(event.target.value)}
      >
        <option value="">{t`Nobody yet`}</option>
        {people.map(({ id, name, is_me }) => (
          <option key={id} value={id}>
            {is_me ? t`Me` : name}
          </option>
        ))}
      </Select>
      <Button
        type="submit"
        icon={<Plus size={15} aria-hidden="true" />}
        blocked={blocked ?? (title ? undefined : t`Write what is to be done first`)}
      >
        {t`Add`}
      </Button>
      <p className={css.read} role="status">
        {due && (
          <>
            <CalendarClock size={13} aria-hidden="true" />
            {t`“${title}” is due ${times.full(due.toISOString())}`}
          </>
        )}
      </p>
    </form>
  );
}
