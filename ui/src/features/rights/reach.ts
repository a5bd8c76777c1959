import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { PermissionView, Reach } from '@/api';

/** How far a permission goes, from nothing to everything. */
const reaches: Reach[] = ['none', 'masked', 'own', 'any'];

/** What a role or a permission set grants; a permission that is not named is granted to nobody. */
export type Grants = Readonly<Record<string, Reach>>;

export const reachOf = (grants: Grants, permission: string): Reach => grants[permission] ?? 'none';

export const compareReach = (a: Reach, b: Reach): number => reaches.indexOf(a) - reaches.indexOf(b);

export const exceeds = (a: Reach, b: Reach): boolean => compareReach(a, b) > 0;

/** The next reach when a cell is clicked: downwards, and from nothing to the most. */
export function nextReach(reach: Reach | 'mixed', options: Reach[]): Reach {
  const at = reach === 'mixed' ? 0 : options.indexOf(reach);
  return options[at - 1] ?? options.at(-1) ?? 'none';
}

const words = { none: msg`No`, masked: msg`Masked`, own: msg`Own only`, any: msg`Yes`, mixed: msg`In part` };

export function useReachWord(): (reach: Reach | 'mixed') => string {
  const { _ } = useLingui();
  return (reach) => _(words[reach]);
}

const relations: Record<string, (typeof words)['none']> = {
  actor: msg`“Own only”: their own entries`,
  assignee_or_queue: msg`“Own only”: theirs or in their queues`,
  assignee: msg`“Own only”: assigned to them`,
  assignee_or_creator: msg`“Own only”: assigned to or made by them`,
  assigned_contact: msg`“Own only”: customers they talk with`,
  author: msg`“Own only”: what they wrote`,
  business_creator: msg`“Own only”: of their businesses`,
  creator: msg`“Own only”: what they made`,
  oneself: msg`“Own only”: themselves`,
};

/** What “own” means for a permission; nothing where it means nothing. */
export function useRelationText(): (permission: PermissionView | undefined) => string | undefined {
  const { _ } = useLingui();
  return (permission) => {
    if (permission?.kind === 'field') return _(maskedText);
    const text = permission && relations[permission.relation];
    return text && _(text);
  };
}

const maskedText = msg`“Masked”: j***@example.com`;
