import type { Can, DenialReason } from './generated';

export type Verdict = { allowed: true; reason: null } | { allowed: false; reason: DenialReason };

/** Whether the caller may, from the abilities the server sent with a resource. Unknown means no. */
export function can(resource: { can: Can } | null | undefined, permission: string): Verdict {
  const ability = resource?.can[permission] ?? 'role';
  return ability === true ? { allowed: true, reason: null } : { allowed: false, reason: ability };
}
