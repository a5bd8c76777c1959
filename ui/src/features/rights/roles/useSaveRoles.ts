import { type RoleView, roleUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import type { GrantsEditor } from '../useGrantsEditor';
import { readRightsAgain } from '../useRights';

/** Saves the drafted changes role by role; what is saved is no draft any more, even if a later role is refused. */
export function useSaveRoles({ draft, discard }: Pick<GrantsEditor, 'draft' | 'discard'>) {
  const workspace = useWorkspaceId();
  return async (roles: RoleView[]) => {
    try {
      for (const { key, version } of roles) {
        const path = { workspace_id: workspace, role_key: key };
        await roleUpdate({ path, body: { version, grants: draft[key] ?? {} } });
        discard(key);
      }
    } finally {
      await readRightsAgain(workspace);
    }
  };
}
