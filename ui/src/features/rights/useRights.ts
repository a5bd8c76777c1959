import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  authzMatrixOptions,
  authzMatrixQueryKey,
  type MatrixView,
  type PermissionView,
  permissionSetsListQueryKey,
  permissionsListOptions,
  policyPackShowOptions,
  type RoleView,
  rolesListOptions,
  rolesListQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';

/** The catalogue and the roles of a workspace, with what may be changed in them. */
export interface Rights {
  permissions: PermissionView[];
  /** Highest rank first. */
  roles: RoleView[];
  matrix: MatrixView;
  /** The pack's simple switches: switch → what it stands for. */
  toggles: Record<string, string[]>;
}

export function useRights(enabled: boolean) {
  const workspace = useWorkspaceId();
  const path = { workspace_id: workspace };
  const permissions = useQuery({ ...permissionsListOptions({ path }), enabled });
  const roles = useQuery({ ...rolesListOptions({ path }), enabled });
  const matrix = useQuery({ ...authzMatrixOptions({ path }), enabled });
  const pack = useQuery({ ...policyPackShowOptions({ path }), enabled });
  const data = useMemo<Rights | undefined>(
    () =>
      permissions.data &&
      roles.data &&
      matrix.data && {
        permissions: permissions.data.items,
        roles: roles.data.items,
        matrix: matrix.data,
        toggles: pack.data?.toggles ?? {},
      },
    [permissions.data, roles.data, matrix.data, pack.data],
  );
  const failed = [permissions, roles, matrix].find(({ isError, data }) => isError && !data);
  return { data, error: failed?.error, retry: () => void failed?.refetch() };
}

/** Has roles, sets and what may be changed in them read again, after a change. */
export function readRightsAgain(workspace: string) {
  const path = { workspace_id: workspace };
  return Promise.all(
    [rolesListQueryKey({ path }), permissionSetsListQueryKey({ path }), authzMatrixQueryKey({ path })].map(
      (queryKey) => queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
