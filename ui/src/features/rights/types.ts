import type { Can } from '@/api';
import type { Grants, Permission, Reach } from './reach';

export interface PermissionView extends Permission {
  group: string;
  description: string;
  owner_equivalent: boolean;
}

export interface RoleView {
  key: string;
  label: string;
  description: string;
  rank: number;
  seat_type: 'full' | 'collaborator';
  assignable: boolean;
  is_builtin: boolean;
  is_owner_role: boolean;
  base?: string;
  version: number;
  members_count: number;
  grants: Grants;
  can: Can;
}

export interface ExplanationStep {
  step: 'role' | 'permission_sets' | 'seat_type' | 'state' | 'plan' | 'relation' | 'preview' | 'key';
  reach_before: Reach | null;
  reach_after: Reach;
  detail: string;
  facts: Record<string, unknown>;
}

export interface Explanation {
  allowed: boolean;
  permission: string;
  reach: Reach;
  decided_by: string | null;
  steps: ExplanationStep[];
  who_can_change: { member_id: string; name: string }[];
}
