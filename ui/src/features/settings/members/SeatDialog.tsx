import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog } from '@/design';
import { hasSeats, seatQuoteOptions } from '@/features/money/seats/quote';
import { SeatsNote } from '@/features/money/seats/SeatsNote';
import type { SeatTaking } from './dialogs';

/** Says what a seat costs before a member gets it. */
export function SeatDialog({ seat, question, confirm, run, onClose }: SeatTaking & { onClose: () => void }) {
  const { t } = useLingui();
  const quote = useQuery(seatQuoteOptions(useWorkspaceId(), seat, 1));
  const price = quote.data?.[seat === 'full' ? 'full' : 'collaborator'];

  function take() {
    onClose();
    run();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={question}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="primary"
            blocked={price && !hasSeats(price) ? t`There is no seat for them yet` : undefined}
            onClick={take}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <SeatsNote seat={seat} count={1} />
    </Dialog>
  );
}
