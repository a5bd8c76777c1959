import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let now = Date.now();
const listeners = new Set<() => void>();
let ticking = false;

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!ticking) setInterval(tick, MINUTE / 2);
  ticking = true;
  return () => listeners.delete(listener);
}

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** The time, moving on twice a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make and the list shows many. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, options);
    formats.set(key, known);
  }
  return known;
}

/** Short times for lists, whole ones for people who ask, and the names of days. */
export function useTimes() {
  const { i18n, t } = useLingui();
  const locale = i18n.locale;
  const current = useNow();
  return {
    /** `4m`, `3h`, `2d`, then a date. */
    ago(iso: string): string {
      const passed = Math.max(0, Math.max(current, Date.now()) - Date.parse(iso));
      if (passed < MINUTE) return t`now`;
      if (passed < HOUR) return t`${Math.floor(passed / MINUTE)}m`;
      if (passed < DAY) return t`${Math.floor(passed / HOUR)}h`;
      if (passed < 7 * DAY) return t`${Math.floor(passed / DAY)}d`;
      return format(locale, { day: 'numeric', month: 'short' }).format(new Date(iso));
    },
    /** `in 13 days`, `in 2 hours`. */
    until(iso: string): string {
      const left = Math.max(0, Date.parse(iso) - current);
      const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
      if (left < HOUR) return relative.format(Math.ceil(left / MINUTE), 'minute');
      if (left < 2 * DAY) return relative.format(Math.round(left / HOUR), 'hour');
      return relative.format(Math.round(left / DAY), 'day');
    },
    clock: (iso: string) => format(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso)),
    full: (iso: string) => format(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    date: (iso: string) => format(locale, { dateStyle: 'medium' }).format(new Date(iso)),
    /** `Mon 9:00 AM`, for moments soon to come. */
    soon: (date: Date) =>
      format(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(date),
    day(iso: string): string {
      const days = daysBetween(new Date(iso), new Date(current));
      if (days === 0) return t`Today`;
      if (days === 1) return t`Yesterday`;
      const near: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
      const text = format(locale, days < 300 ? near : { ...near, year: 'numeric' }).format(new Date(iso));
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
    },
  };
}

function daysBetween(earlier: Date, later: Date): number {
  const start = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((start(later) - start(earlier)) / DAY);
}

/** Whether two moments are on the same day here. */
export function sameDay(a: string, b: string): boolean {
  return daysBetween(new Date(a), new Date(b)) === 0;
}
