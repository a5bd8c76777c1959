import { useMutation } from '@tanstack/react-query';
import { auditVerificationCreate } from '@/api';
import { useWorkspaceId } from '@/app/session';

/** Has the server recompute the whole log. */
export function useVerification() {
  const path = { workspace_id: useWorkspaceId() };
  return useMutation({ mutationFn: async () => (await auditVerificationCreate({ path })).data });
}

export type Verification = ReturnType<typeof useVerification>;
