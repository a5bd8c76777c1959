import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { workspaceDelete, workspaceUndelete } from '@/api';
import { toast } from '@/design';
import { readAgain } from './queryClient';
import { useMembership } from './session';
import { useFailure } from './useFailure';

/** Schedules the deletion of the workspace, and takes it back. */
export function useDeletion() {
  const { t } = useLingui();
  const failure = useFailure();
  const { workspace } = useMembership();
  const path = { workspace_id: workspace.id };
  // What may be done in the workspace changes with it.
  const onSettled = () => readAgain();
  const schedule = useMutation({
    mutationFn: () => workspaceDelete({ path, query: { confirm: workspace.name } }),
    onError: (error) => failure(t`The workspace stays`, error),
    onSettled,
  });
  const cancel = useMutation({
    mutationFn: () => workspaceUndelete({ path }),
    onSuccess: () => toast({ title: t`The workspace stays`, description: t`Everything is as it was.` }),
    onError: (error) => failure(t`The deletion still stands`, error),
    onSettled,
  });
  return { schedule, cancel };
}
