import { useMutation } from '@tanstack/react-query';
import { labelsListQueryKey } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';

/** A change of the labels, after which they are read again. */
export function useLabelChange<Change>(
  change: (path: { workspace_id: string }, what: Change) => Promise<unknown>,
  onSuccess: () => void,
) {
  const path = { workspace_id: useWorkspaceId() };
  return useMutation({
    mutationFn: (what: Change) => change(path, what),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: labelsListQueryKey({ path }) });
      onSuccess();
    },
  });
}
