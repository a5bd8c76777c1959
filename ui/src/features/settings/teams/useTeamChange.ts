import { useMutation } from '@tanstack/react-query';
import { teamsListOptions } from '@/api';
import { queryClient, readAgain } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';

/** A change of a team. Whatever comes of it, the teams are read again. */
export function useTeamChange<Change>(
  change: (path: { workspace_id: string }, what: Change) => Promise<unknown>,
  failed: string,
) {
  const workspace = useWorkspaceId();
  const failure = useFailure();
  const { queryKey } = teamsListOptions({ path: { workspace_id: workspace } });
  return useMutation({
    mutationFn: (what: Change) => change({ workspace_id: workspace }, what),
    onError: (error) => failure(failed, error),
    onSettled: () => {
      readAgain({ queryKey });
      return queryClient.invalidateQueries({ queryKey });
    },
  });
}
