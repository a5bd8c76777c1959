export const dueGroups = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof dueGroups)[number];

interface Dated {
  due_at: string | null;
}

/** Midnight of a day that lies some days from another. */
export function dayFrom(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
}

/** Under which heading a task stands, where one is. "This week" means the next seven days. */
export function groupOf({ due_at }: Dated, now: Date): DueGroup {
  if (!due_at) return 'none';
  const due = new Date(due_at);
  if (due < now) return 'overdue';
  if (due < dayFrom(now, 1)) return 'today';
  return due < dayFrom(now, 7) ? 'week' : 'later';
}

/** The groups that hold something, in their order; within each the first due comes first. */
export function grouped<Task extends Dated>(tasks: Task[], now: Date): { group: DueGroup; tasks: Task[] }[] {
  return dueGroups
    .map((group) => ({ group, tasks: tasks.filter((task) => groupOf(task, now) === group).toSorted(byDue) }))
    .filter((each) => each.tasks.length > 0);
}

const byDue = (a: Dated, b: Dated) => (a.due_at ?? '').localeCompare(b.due_at ?? '');

/** The seven days of the week that a moment lies in, Monday first, each with what is due on it. */
export function weekOf<Task extends Dated>(tasks: Task[], moment: Date): { day: Date; tasks: Task[] }[] {
  const monday = dayFrom(moment, -((moment.getDay() + 6) % 7));
  return Array.from({ length: 7 }, (_, at) => {
    const [day, next] = [dayFrom(monday, at), dayFrom(monday, at + 1)];
    const due = tasks.filter(({ due_at }) => due_at && new Date(due_at) >= day && new Date(due_at) < next);
    return { day, tasks: due.toSorted(byDue) };
  });
}
