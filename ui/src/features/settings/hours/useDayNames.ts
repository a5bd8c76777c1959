import { useLingui } from '@lingui/react/macro';

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the days of the week are called, 1 for Monday to 7 for Sunday. */
export function useDayNames(style: 'long' | 'short' = 'long'): (day: number) => string {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(i18n.locale, { weekday: style, timeZone: 'UTC' });
  return (day) => {
    const name = format.format(MONDAY + (day - 1) * DAY_MS);
    return name.charAt(0).toLocaleUpperCase(i18n.locale) + name.slice(1);
  };
}
