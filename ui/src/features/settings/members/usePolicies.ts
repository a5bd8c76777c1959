import { useQuery } from '@tanstack/react-query';
import { type Policy, policyPackShowOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';

/** The policies of the workspace's pack; nothing until they are known. */
export function usePolicies(): Policy | undefined {
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('role.view');
  return useQuery({ ...policyPackShowOptions({ path }), enabled: !blocked }).data?.policies;
}
