import { Check, CircleDashed, EyeOff, Minus, UserRound } from 'lucide-react';
import { type Reach, useReachWord } from './reach';

const icons = { any: Check, own: UserRound, masked: EyeOff, none: Minus, mixed: CircleDashed };

/** A reach as a sign and a word; nothing is a dash alone. */
export function ReachMark({ reach }: { reach: Reach | 'mixed' }) {
  const word = useReachWord();
  const Icon = icons[reach];
  return (
    <>
      <Icon size={14} strokeWidth={reach === 'any' ? 2.6 : 2} aria-hidden="true" />
      <span className={reach === 'none' ? 'visually-hidden' : undefined}>{word(reach)}</span>
    </>
  );
}
