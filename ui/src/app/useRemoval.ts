import { useLingui } from '@lingui/react/macro';
import type { QueryKey } from '@tanstack/react-query';
import { undoCreate } from '@/api';
import { UNDO } from '@/conversations/act';
import { offerUndo } from '@/conversations/undo';
import { toast } from '@/design';
import { queryClient } from './queryClient';
import { useWorkspaceId } from './session';
import { useFailure } from './useFailure';

/** Deletes something by its name at once. What can be brought back is offered back instead of asked about before. */
export function useRemoval(queryKey: QueryKey) {
  const { t } = useLingui();
  const workspace_id = useWorkspaceId();
  const failed = useFailure();
  const readAgain = () => queryClient.invalidateQueries({ queryKey });

  async function bringBack(name: string, undo_id: string) {
    try {
      await undoCreate({ path: { workspace_id, undo_id } });
    } catch (error) {
      failed(t`${name} could not be brought back`, error);
    }
    await readAgain();
  }

  return async (name: string, request: () => Promise<{ response: Response }>) => {
    try {
      const { response } = await request();
      const offer = response.headers.get(UNDO);
      const done = t`${name} is deleted`;
      if (offer) offerUndo(done, t`Undo`, () => void bringBack(name, offer));
      else toast({ title: done });
    } catch (error) {
      failed(t`${name} is still there`, error);
    }
    await readAgain();
  };
}
