import { useLingui } from '@lingui/react/macro';
import type { OperatorWorkspaceView } from '@/api';
import { useNumber } from '@/i18n/useNumber';

/** How many full seats and credits a workspace has, in short. */
export function useHeld({ gauges, credits }: OperatorWorkspaceView): string {
  const { t } = useLingui();
  const number = useNumber();
  const seats = gauges.find(({ meter }) => meter === 'full_seats');
  const said = [
    seats &&
      (seats.cap === null
        ? t`Seats: ${number(seats.used)}`
        : t`Seats: ${number(seats.used)} of ${number(seats.cap)}`),
    credits !== null && t`Credits: ${number(credits)}`,
  ];
  return said.filter(Boolean).join(' · ');
}
