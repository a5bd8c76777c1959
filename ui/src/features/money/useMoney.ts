import { useLingui } from '@lingui/react';

/** Minor units of a currency as money, the way the reader's language writes it. */
export function useMoney(currency: string): (minor: number) => string {
  const { i18n } = useLingui();
  const format = new Intl.NumberFormat(i18n.locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (minor) => format.format(minor / 10 ** digits);
}
