import type { Locale } from '../locale';
import type { Strings } from './strings';

export type Format = ReturnType<typeof createFormat>;

/** Dates, times and sizes the way the visitor's language writes them. */
export function createFormat(locale: Locale, strings: Strings) {
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });

  return {
    time: (at: Date) => time.format(at),
    full: (at: Date) => full.format(at),
    day(at: Date, now = new Date()) {
      const yesterday = new Date(now);
      yesterday.setDate(now.getDate() - 1);
      if (sameDay(at, now)) return strings.today;
      if (sameDay(at, yesterday)) return strings.yesterday;
      return (at.getFullYear() === now.getFullYear() ? day : dayOfYear).format(at);
    },
    size(bytes: number) {
      // The smallest file is not nothing.
      const [amount, unit] =
        bytes < 1e6 ? [Math.max(bytes / 1e3, 0.1), 'kilobyte'] : [bytes / 1e6, 'megabyte'];
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        maximumFractionDigits: amount < 10 ? 1 : 0,
      }).format(amount);
    },
  };
}

export const sameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString();
