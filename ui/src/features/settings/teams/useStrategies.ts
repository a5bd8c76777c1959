import { useLingui } from '@lingui/react/macro';
import type { Strategy } from './preview';

/** The ways to give conversations out, in words. */
export function useStrategies(): { value: Strategy; label: string; hint: string }[] {
  const { t } = useLingui();
  return [
    {
      value: 'round_robin',
      label: t`Round robin`,
      hint: t`One after the other, in the order below. Who is away or full is passed over and keeps their turn.`,
    },
    {
      value: 'load_balanced',
      label: t`Load balanced`,
      hint: t`Whoever has the fewest open conversations; among equals, who has waited longest.`,
    },
    {
      value: 'manual',
      label: t`By hand`,
      hint: t`Conversations wait in the team’s queue until somebody takes them.`,
    },
  ];
}
