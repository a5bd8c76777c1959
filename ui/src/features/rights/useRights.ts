import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWorkspaceId } from '@/app/session';
import { permissionsOptions, rolesOptions } from './api';
import type { Grants } from './reach';
import type { PermissionView, RoleView } from './types';

/** The catalogue and the roles of a workspace, with what may be changed in them. */
export interface Rights {
  permissions: PermissionView[];
  /** Highest rank first. */
  roles: RoleView[];
  /** What the caller may do, which is the most one can give. */
  own: Grants;
  /** The permissions that a collaborator's seat never gets. */
  neverOnCollaboratorSeats: string[];
  /** The pack's simple switches: switch → what it stands for. */
  toggles: Record<string, string[]>;
}

export function useRights(enabled: boolean) {
  const workspace = useWorkspaceId();
  const permissions = useQuery({ ...permissionsOptions(workspace), enabled });
  const roles = useQuery({ ...rolesOptions(workspace), enabled });
  const data = useMemo<Rights | undefined>(
    () =>
      permissions.data &&
      roles.data && {
        permissions: permissions.data,
        roles: roles.data,
        own: {},
        neverOnCollaboratorSeats: [],
        toggles: {},
      },
    [permissions.data, roles.data],
  );
  const failed = [permissions, roles].find(({ isError, data }) => isError && !data);
  return { data, error: failed?.error, retry: () => void failed?.refetch() };
}
