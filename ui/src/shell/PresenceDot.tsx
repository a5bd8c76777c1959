import type { AvailabilityStatus } from '@/api';
import css from './PresenceDot.module.css';

/** Full while one is available, a ring while one is away: never by colour alone. The words stand beside it. */
export function PresenceDot({ status }: { status: AvailabilityStatus }) {
  return <span className={css.dot} data-status={status} aria-hidden="true" />;
}
