import { useLingui } from '@lingui/react/macro';
import type { Change } from '../draft';
import { usePermissionTexts } from '../permissionTexts';
import { useReachWord } from '../reach';
import type { RoleView } from '../types';

/** A change as a sentence: Agent · Reply to customers: Own only → Yes. */
export function useChangeText(roles: RoleView[]): (change: Change) => string {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  const word = useReachWord();
  return ({ role, permission, from, to }) => {
    const name = roles.find(({ key }) => key === role)?.label ?? role;
    return t`${name} · ${label(permission)}: ${word(from)} → ${word(to)}`;
  };
}
