import { queryOptions } from '@tanstack/react-query';
import { client } from '@/api';
import type { Grants } from './reach';
import type { Explanation, PermissionView, RoleView } from './types';

const base = (workspace: string) => `/api/v1/workspaces/${workspace}`;
const json = { 'Content-Type': 'application/json' };

async function ask<T>(method: 'get' | 'post' | 'patch' | 'delete' | 'put', url: string, body?: unknown) {
  const { data } = await client[method]({
    url,
    throwOnError: true,
    ...(body ? { body, headers: json } : {}),
  });
  return data as T;
}

export const rolesOptions = (workspace: string) =>
  queryOptions({
    queryKey: ['roles', workspace],
    queryFn: async () => (await ask<{ items: RoleView[] }>('get', `${base(workspace)}/roles`)).items,
  });

export const permissionsOptions = (workspace: string) =>
  queryOptions({
    queryKey: ['permissions', workspace],
    queryFn: async () =>
      (await ask<{ items: PermissionView[] }>('get', `${base(workspace)}/permissions`)).items,
  });

export interface Impact {
  gains: string[];
  losses: string[];
  members_affected: number;
}

export const roleImpactOptions = (workspace: string, key: string, grants: Grants) =>
  queryOptions({
    queryKey: ['impact', workspace, key, grants],
    queryFn: () => ask<Impact>('post', `${base(workspace)}/roles/${key}/impact`, { grants }),
  });

export const roleUpdate = (workspace: string, role: RoleView, body: object) =>
  ask<RoleView>('patch', `${base(workspace)}/roles/${role.key}`, { ...body, version: role.version });
export const roleCreate = (workspace: string, body: object) =>
  ask<RoleView>('post', `${base(workspace)}/roles`, body);
export const roleDelete = (workspace: string, key: string) =>
  ask<void>('delete', `${base(workspace)}/roles/${key}`);

export interface ExplanationQuestion {
  permission: string;
  resource?: string | undefined;
  member_id?: string | undefined;
}

export const explanationOptions = (workspace: string, question: ExplanationQuestion) =>
  queryOptions({
    queryKey: ['explanation', workspace, question],
    queryFn: () => {
      const query = new URLSearchParams(JSON.parse(JSON.stringify(question)));
      return ask<Explanation>('get', `${base(workspace)}/authz/explain?${query}`);
    },
    // Rights change; an explanation tells of now.
    staleTime: 0,
  });
