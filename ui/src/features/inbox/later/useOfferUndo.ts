import { useLingui } from '@lingui/react/macro';
import { undoCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { useScope } from '@/conversations/scope';
import { offerUndo } from '@/conversations/undo';
import { toast } from '@/design';

/** Says what was done, with the way back that the server offered for it. What it changes comes by the stream. */
export function useOfferUndo() {
  const { t } = useLingui();
  const { workspace } = useScope();
  const failed = useFailure();
  return (done: string, undo_id: string | null) => {
    if (!undo_id) {
      toast({ title: done });
      return;
    }
    offerUndo(done, t`Undo`, () => {
      undoCreate({ path: { workspace_id: workspace, undo_id } }).catch((error: unknown) =>
        failed(t`Not undone`, error),
      );
    });
  };
}
