import { useLingui } from '@lingui/react/macro';
import type { AmountView, PriceView } from '@/api';
import { useNumber } from '@/i18n/useNumber';
import { useMoney } from './useMoney';

/** How amounts and prices of a catalogue are said, also those that are no number. */
export function useTerms(currency: string) {
  const { t } = useLingui();
  const money = useMoney(currency);
  const number = useNumber();
  return {
    amount({ of, word }: AmountView): string {
      if (of !== null && of !== undefined) return number(of);
      return word === 'unlimited' ? t`Unlimited` : t`As agreed`;
    },
    price({ of, word }: PriceView): string {
      if (of !== null && of !== undefined) return money(of);
      return word === 'not_sold' ? t`Not sold` : t`Price on request`;
    },
  };
}
