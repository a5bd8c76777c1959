import { useQueryClient } from '@tanstack/react-query';
import { useWorkspaceId } from '@/app/session';
import { hasSeats, seatQuoteOptions, useMaySeeSeatPrices } from '@/features/money/seats/quote';
import { memberDialog, type SeatTaking } from './dialogs';

/** Does what takes a seat: at once where nothing more is paid for it, else once its price was seen (R22, INV-16). */
export function useTakingSeat(): (taking: SeatTaking) => Promise<void> {
  const workspace = useWorkspaceId();
  const queries = useQueryClient();
  const maySee = useMaySeeSeatPrices();
  return async (taking) => {
    const asked = seatQuoteOptions(workspace, taking.seat, 1);
    // Without an answer the door itself says what is wrong.
    const quote = maySee ? await queries.fetchQuery(asked).catch(() => undefined) : undefined;
    const price = quote?.[taking.seat];
    if (price && (price.extra > 0 || !hasSeats(price))) memberDialog.set({ kind: 'seat', ...taking });
    else taking.run();
  };
}
