import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { createContext, use } from 'react';
import { type MembershipView, type MeView, meShow, meShowOptions } from '@/api';
import type { Refusal } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { queryClient } from './queryClient';

const LAST_WORKSPACE = 'guildhall.workspace';

export const meOptions = queryOptions({
  ...meShowOptions(),
  // Its answer may bring a new cookie and end the old one: it is never given up half-way, so it takes no signal.
  queryFn: async () => (await meShow()).data,
});

export function loadMe(): Promise<MeView> {
  return queryClient.ensureQueryData({ ...meOptions, retry: false });
}

export function useMe(): MeView {
  return useSuspenseQuery(meOptions).data;
}

/** The workspace in the address. */
export function useWorkspaceId(): string {
  return useParams({ from: '/w/$workspace' }).workspace;
}

/**
 * One's membership as `MembersOnly` last saw it. Read again from the account it could be gone already for a part of the
 * screen that is still being drawn.
 */
export const MembershipHere = createContext<MembershipView | null>(null);

export function useMembership(): MembershipView {
  const membership = use(MembershipHere);
  if (!membership) throw new Error('Only what stands inside of a workspace has a membership');
  return membership;
}

/** Why the caller may not use a permission in this workspace; undefined when they may. */
export function useBlockedHere(): (permission: string) => Refusal | undefined {
  const blocked = useBlocked();
  const membership = useMembership();
  return (permission) => blocked(membership, permission);
}

export function rememberWorkspace(id: string) {
  localStorage.setItem(LAST_WORKSPACE, id);
}

/** Where to go after signing in: the workspace used last, if it is still there. */
export function homeWorkspace(me: MeView): string | undefined {
  const last = localStorage.getItem(LAST_WORKSPACE);
  const ids = me.memberships.map((membership) => membership.workspace.id);
  return ids.find((id) => id === last) ?? (ids.length === 1 ? ids[0] : undefined);
}
