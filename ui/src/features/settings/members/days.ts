/** Days as date fields write them, `2026-11-26`, in the time zone of the person. */
const written = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** The day of a moment; empty for none. */
export const dayOf = (iso: string | null): string => (iso ? written(new Date(iso)) : '');

/** The last moment of a day. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

export function tomorrow(): string {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return written(date);
}
