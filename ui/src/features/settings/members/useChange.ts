import { useMutation } from '@tanstack/react-query';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { readMembersAgain } from './people';

interface Options<Answer> {
  /** What is said when it did not work. */
  failed: string;
  onSuccess?: (answer: Answer) => void;
}

/** A change of a member. Whatever comes of it, everything about members is read again. */
export function useChange<Answer>(
  change: (path: { workspace_id: string; member_id: string }) => Promise<{ data: Answer }>,
  member: string,
  { failed, onSuccess }: Options<Answer>,
) {
  const workspace = useWorkspaceId();
  const failure = useFailure();
  return useMutation({
    mutationFn: async () => (await change({ workspace_id: workspace, member_id: member })).data,
    onSuccess,
    onError: (error) => failure(failed, error),
    onSettled: () => readMembersAgain(workspace),
  });
}
