import { useQuery } from '@tanstack/react-query';
import { client } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';

/** What the workspace's pack offers for people to come and for ownership to move. */
export interface Policies {
  ownership_transfer: ('self_serve' | 'invite_as_owner' | 'support_request')[];
  member_creation: ('invite_link' | 'create_with_password')[];
}

/** The policies of the workspace's pack; nothing until they are known. */
export function usePolicies(): Policies | undefined {
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('role.view');
  return useQuery({
    queryKey: ['policy-pack', workspace, 'of people'],
    queryFn: async () => {
      const url = `/api/v1/workspaces/${workspace}/policy-pack`;
      const { data } = await client.get({ url, throwOnError: true });
      return (data as { policies: Policies }).policies;
    },
    enabled: !blocked,
  }).data;
}
