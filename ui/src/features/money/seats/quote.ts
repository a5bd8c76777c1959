import { queryOptions } from '@tanstack/react-query';
import { type SeatPriceView, type SeatType, seatQuoteCreate } from '@/api';
import { useBlockedHere } from '@/app/session';

/** What so many seats more of a kind cost, asked anew each time. */
export function seatQuoteOptions(workspace_id: string, seat: SeatType, count: number) {
  const body = { full: 0, collaborator: 0, [seat]: count };
  return queryOptions({
    queryKey: ['seat-quote', workspace_id, body],
    queryFn: async ({ signal }) => (await seatQuoteCreate({ path: { workspace_id }, body, signal })).data,
    staleTime: 0,
  });
}

/** Whether there are seats for those wanted, without anything to buy first. */
export const hasSeats = ({ missing, buy_first }: SeatPriceView) => missing === 0 && !buy_first;

/** Whether one hears what seats cost. */
export function useMaySeeSeatPrices(): boolean {
  const blocked = useBlockedHere();
  return !blocked('member.invite') || !blocked('billing.view');
}
