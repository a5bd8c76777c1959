import { Check, CircleDashed, EyeOff, Minus, UserRound } from 'lucide-react';
import type { Reach } from '@/api';
import { useReachWord } from './reach';

const icons = { any: Check, own: UserRound, masked: EyeOff, none: Minus, mixed: CircleDashed };

interface Props {
  reach: Reach | 'mixed';
  /** Says “No” where it would be a dash alone. */
  spelled?: boolean;
}

/** A reach as a sign and a word; nothing is a dash alone. */
export function ReachMark({ reach, spelled = false }: Props) {
  const word = useReachWord();
  const Icon = icons[reach];
  return (
    <>
      <Icon size={14} strokeWidth={reach === 'any' ? 2.6 : 2} aria-hidden="true" />
      <span className={reach === 'none' && !spelled ? 'visually-hidden' : undefined}>{word(reach)}</span>
    </>
  );
}
