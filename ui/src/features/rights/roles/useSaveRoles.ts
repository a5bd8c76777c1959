import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { rolesOptions, roleUpdate } from '../api';
import type { RoleView } from '../types';
import type { RoleEditor } from '../useRoleEditor';

/** Saves the drafted changes role by role; what is saved is no draft any more, even if a later role is refused. */
export function useSaveRoles(editor: RoleEditor) {
  const workspace = useWorkspaceId();
  return async (roles: RoleView[]) => {
    try {
      for (const role of roles) {
        await roleUpdate(workspace, role, { grants: editor.draft[role.key] });
        editor.discard([role.key]);
      }
    } finally {
      await queryClient.invalidateQueries({ queryKey: rolesOptions(workspace).queryKey });
    }
  };
}
