import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type AvailabilityView, availabilityPut, availabilityShowOptions } from '@/api';
import { patch, takeIn } from '@/app/patch';
import { queryClient, readAgain } from '@/app/queryClient';
import { useBlockedHere } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useScope } from '@/conversations/scope';

/** Whether one takes new conversations here, and a way to say so. */
export function useAvailability() {
  const { t } = useLingui();
  const { workspace, member } = useScope();
  const failed = useFailure();
  const blocked = useBlockedHere()('availability.set');
  const path = { workspace_id: workspace, member_id: member };
  const options = availabilityShowOptions({ path });
  const { data } = useQuery({ ...options, enabled: !blocked, refetchInterval: untilItTurns });

  async function set(wished: Pick<AvailabilityView, 'status' | 'until'>) {
    const before = queryClient.getQueryData(options.queryKey);
    patch(options.queryKey, () => ({ ...wished, cause: 'said' as const }));
    try {
      const { data: said } = await availabilityPut({ path, body: wished });
      takeIn(options.queryKey, said);
    } catch (error) {
      patch(options.queryKey, () => before);
      readAgain({ queryKey: options.queryKey });
      failed(t`You are as available as before`, error);
    }
  }

  return { availability: data, blocked, set };
}

/** At its end an absence is over by itself, which no event tells. Timers hold no longer than some weeks. */
function untilItTurns({ state }: { state: { data: AvailabilityView | undefined } }): number | false {
  const until = state.data?.until;
  if (!until) return false;
  const left = Date.parse(until) - Date.now();
  return Math.min(Math.max(left, 1000), 24 * 60 * 60 * 1000);
}
