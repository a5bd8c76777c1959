import { Lock } from 'lucide-react';
import css from './LockNote.module.css';
import { type Blocked, reasonOf, WhyButton } from './Why';

/** Says once, for a whole form, why one may look but not change. Shows nothing when one may. */
export function LockNote({ reason }: { reason: Blocked | undefined }) {
  if (!reason) return null;
  return (
    <p className={css.note}>
      <Lock size={14} aria-hidden="true" />
      <span>{reasonOf(reason)}</span>
      <WhyButton blocked={reason} />
    </p>
  );
}
