import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useWorkspaceId } from '@/app/session';
import { ConfirmDialog } from '@/design';
import { hasSeats, seatQuoteOptions } from '@/features/money/seats/quote';
import { SeatsNote } from '@/features/money/seats/SeatsNote';
import type { SeatTaking } from './dialogs';

/** Says what a seat costs before a member gets it. */
export function SeatDialog({ seat, question, confirm, run, onClose }: SeatTaking & { onClose: () => void }) {
  const { t } = useLingui();
  const price = useQuery(seatQuoteOptions(useWorkspaceId(), seat, 1)).data?.[seat];
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={question}
      confirm={confirm}
      variant="primary"
      blocked={price && !hasSeats(price) ? t`There is no seat for them yet` : undefined}
      onConfirm={() => {
        onClose();
        run();
      }}
    >
      <SeatsNote seat={seat} count={1} />
    </ConfirmDialog>
  );
}
