import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { client } from '@/api';
import { enterPreview } from './preview';
import { useWorkspaceId } from './session';
import { useFailure } from './useFailure';

/** As whom to look: a role, a role with unsaved changes, or a person. */
export type LookAs =
  | { role_key: string }
  | { base_role_key: string; grants: Readonly<Record<string, string>> }
  | { member_id: string };

/** Begins a preview and shows the workspace through it. */
export function useLookAs() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();
  return useMutation({
    mutationFn: async (as: LookAs) => {
      const { data } = await client.post({
        url: `/api/v1/workspaces/${workspace}/previews`,
        headers: { 'Content-Type': 'application/json' },
        body: as,
        throwOnError: true,
      });
      return data as { id: string; label: string; expires_at: string };
    },
    onSuccess: ({ id, label, expires_at }) => enterPreview({ id, label, expires_at, workspace }),
    onError: (error) => failed(t`The preview did not begin`, error),
  });
}
