import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** What is bought. */
export const checkouts: Record<string, Sentence> = {
  'checkout.opened': ({ who }) => <Trans>{who} began a purchase</Trans>,
  'checkout.completed': () => <Trans>A purchase was paid</Trans>,
  'checkout.expired': () => <Trans>A purchase was given up before it was paid</Trans>,
  'checkout.refunded': () => <Trans>A purchase was paid back</Trans>,
};
