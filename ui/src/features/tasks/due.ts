import { type Chrono, casual as english, type ParsedResult } from 'chrono-node/en';
import { casual as spanish } from 'chrono-node/es';

/** What is due on a day without an hour is due at its end of work. */
const END_OF_WORK = 17;

const spanishWith = spanish.clone();
// The library reads only the "mañana" in it.
spanishWith.parsers.unshift({
  pattern: () => /\bpasado\s+mañana\b/i,
  extract(context) {
    const day = new Date(context.reference.instant);
    day.setDate(day.getDate() + 2);
    return { day: day.getDate(), month: day.getMonth() + 1, year: day.getFullYear() };
  },
});

const readers: Record<string, Chrono> = { en: english, es: spanishWith };

export interface Read {
  /** What is left without the words of the date. */
  title: string;
  due: Date | null;
}

/** Reads a task as it is typed: `Call Inés thu 9am`, `Llamar a Inés jue 9am`. */
export function readTask(text: string, locale: string, now: Date): Read {
  const found = (readers[locale] ?? english).parse(text, now, { forwardDate: true }).at(-1);
  if (!found) return { title: text.trim(), due: null };
  return { title: without(text, found), due: dueOf(found, now) };
}

function dueOf(found: ParsedResult, now: Date): Date {
  const due = found.start.date();
  if (found.start.isCertain('hour')) {
    // "Thu 9am", said on a Thursday morning, is today.
    const weekly = found.start.isCertain('weekday') && !found.start.isCertain('day');
    const today = new Date(due);
    today.setDate(today.getDate() - 7);
    return weekly && today > now ? today : due;
  }
  due.setHours(END_OF_WORK, 0, 0, 0);
  return due;
}

/** The text without the date and the word that led to it. */
function without(text: string, { index, text: date }: ParsedResult): string {
  const before = text.slice(0, index).replace(/(?:\s(?:on|at|by|due|el|la|para|antes del?))+\s*$/i, '');
  return `${before} ${text.slice(index + date.length)}`.replace(/\s+/g, ' ').trim();
}
