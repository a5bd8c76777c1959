import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type RoleView, rolesListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import type { Blocked } from '@/design';

/** A role with why one may not hand it out. */
export interface GivableRole extends RoleView {
  blocked?: Blocked | undefined;
}

const right = { full: 'member.invite', collaborator: 'member.invite_collaborator' };

/** All roles of the workspace, highest first, and which of them one may give to somebody new. */
export function useGivableRoles(): GivableRole[] {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const path = { workspace_id: useWorkspaceId() };
  const { data } = useQuery({ ...rolesListOptions({ path }), enabled: !blocked('role.view') });
  const why = (role: RoleView): Blocked | undefined => {
    if (role.is_owner_role && !role.assignable) return t`Comes with owning the workspace`;
    if (!role.assignable) return t`Reaches further than your own role`;
    return blocked(right[role.seat_type]);
  };
  return (data?.items ?? []).map((role) => ({ ...role, blocked: why(role) }));
}
