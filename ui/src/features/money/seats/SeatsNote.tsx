import { Plural, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type SeatQuoteView, type SeatsView, type SeatType, seatsShowOptions } from '@/api';
import { useWorkspaceId } from '@/app/session';
import css from '../money.module.css';
import { useMoney } from '../useMoney';
import { NoSeatNotice } from './NoSeatNotice';
import { seatQuoteOptions, useMaySeeSeatPrices } from './quote';

/** Before somebody gets a seat: those that are left, and what those wanted cost (R22, INV-16). */
export function SeatsNote({ seat, count }: { seat: SeatType; count: number }) {
  const workspace_id = useWorkspaceId();
  const enabled = useMaySeeSeatPrices();
  const seats = useQuery({ ...seatsShowOptions({ path: { workspace_id } }), enabled, staleTime: 0 });
  const quote = useQuery({
    ...seatQuoteOptions(workspace_id, seat, count),
    enabled,
    placeholderData: keepPreviousData,
  });
  return (
    <div aria-live="polite" className={css.meters}>
      {seats.data && quote.data && <Note seats={seats.data} quote={quote.data} seat={seat} />}
    </div>
  );
}

interface NoteProps {
  seats: SeatsView;
  quote: SeatQuoteView;
  seat: SeatType;
}

function Note({ seats, quote, seat }: NoteProps) {
  const price = quote[seat];
  const first = price.buy_first;
  // Where seats are neither limited nor paid there is nothing to know.
  if (seats[seat].cap === null && price.extra === 0) return null;
  return (
    <>
      <p className={css.quiet}>
        <Left seats={seats} seat={seat} /> <Cost price={price} currency={quote.currency} />
      </p>
      {(price.missing > 0 || first) && <NoSeatNotice price={price} buyers={seats.who_can_buy} />}
    </>
  );
}

function Left({ seats, seat }: Omit<NoteProps, 'quote'>) {
  const { t } = useLingui();
  const { cap, used } = seats[seat];
  if (cap === null) return seat === 'full' ? t`Full seats have no limit.` : t`Light seats have no limit.`;
  const left = Math.max(0, cap - used);
  return seat === 'full' ? (
    <Plural
      value={left}
      _0={`No full seat is left of ${cap}.`}
      one={`# full seat is left of ${cap}.`}
      other={`# full seats are left of ${cap}.`}
    />
  ) : (
    <Plural
      value={left}
      _0={`No light seat is left of ${cap}.`}
      one={`# light seat is left of ${cap}.`}
      other={`# light seats are left of ${cap}.`}
    />
  );
}

/** What those wanted add to what is paid. */
function Cost({ price, currency }: { price: SeatQuoteView['full']; currency: string }) {
  const { t } = useLingui();
  const money = useMoney(currency);
  const { wanted, extra, monthly, charge_now: now } = price;
  if (wanted === 0 || price.missing > 0) return null;
  if (extra === 0) return t`This costs nothing more.`;
  if (monthly === null) return t`What it costs is agreed with your operator.`;
  return now
    ? t`This costs ${money(monthly)} more a month; for the rest of this period ${money(now)}.`
    : t`This costs ${money(monthly)} more a month.`;
}
