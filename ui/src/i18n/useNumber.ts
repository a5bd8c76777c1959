import { useLingui } from '@lingui/react';

export function useNumber(): (value: number) => string {
  const { i18n } = useLingui();
  return (value) => new Intl.NumberFormat(i18n.locale).format(value);
}
