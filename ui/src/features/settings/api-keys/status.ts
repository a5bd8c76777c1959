import type { ApiKeyView } from '@/api';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So far the clocks of server and browser may differ before a key of a week has eight days. */
const APART_MS = 10 * 60 * 1000;
/** A key that ends within so many days is worth a look. */
const SOON_DAYS = 14;

export type KeyStatus =
  | { is: 'active' | 'expiring'; days: number }
  | { is: 'revoked' | 'expired' | 'exit'; at: string };

/** Where a key stands at a moment: how many days are left, begun ones included, or how it ended. */
export function statusOf(
  key: Pick<ApiKeyView, 'expires_at' | 'ended_at' | 'ended_how'>,
  now: number,
): KeyStatus {
  if (key.ended_at && key.ended_how) return { is: key.ended_how, at: key.ended_at };
  const left = Date.parse(key.expires_at) - now;
  // The page stayed open while its time ran out.
  if (left <= 0) return { is: 'expired', at: key.expires_at };
  const days = Math.max(1, Math.ceil((left - APART_MS) / DAY_MS));
  return { is: days <= SOON_DAYS ? 'expiring' : 'active', days };
}
