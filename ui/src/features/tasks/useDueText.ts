import { useLingui } from '@lingui/react/macro';
import { useNow, useTimes } from '@/i18n/time';
import { dayFrom } from './groups';

/** When a task is due, as people say it: today with the hour, within a week by the day, later by the date. */
export function useDueText(): (iso: string) => string {
  const { t } = useLingui();
  const times = useTimes();
  const now = new Date(useNow());
  return (iso) => {
    const due = new Date(iso);
    const clock = times.clock(iso);
    if (due >= dayFrom(now, 0) && due < dayFrom(now, 1)) return t`Today ${clock}`;
    if (due >= dayFrom(now, 1) && due < dayFrom(now, 2)) return t`Tomorrow ${clock}`;
    return due >= now && due < dayFrom(now, 7) ? times.soon(due) : times.full(iso);
  };
}
