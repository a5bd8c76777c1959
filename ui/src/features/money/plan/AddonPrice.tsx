import { useLingui } from '@lingui/react/macro';
import type { AddonView } from '@/api';
import { useTerms } from '../useTerms';

/** What one of an add-on costs, and how often. */
export function AddonPrice({ addon, currency }: { addon: AddonView; currency: string }) {
  const { t } = useLingui();
  const price = useTerms(currency).price(addon.price);
  if (addon.price.of === null || addon.price.of === undefined) return price;
  return addon.recurring ? t`${price} a month` : t`${price} once`;
}
