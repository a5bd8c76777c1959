import { useMemo } from 'react';
import { useMembership } from '@/app/session';

/** Whose data in which workspace: everything about conversations is read and cached under it. */
export interface Scope {
  workspace: string;
  /** The caller's member id: "mine" depends on it. */
  member: string;
}

export function useScope(): Scope {
  const { workspace, member_id } = useMembership();
  return useMemo(() => ({ workspace: workspace.id, member: member_id }), [workspace.id, member_id]);
}
