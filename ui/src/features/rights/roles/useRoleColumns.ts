import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { RoleView } from '@/api';
import { useBlocked } from '@/i18n/reason';
import type { Column } from '../matrix';

/** The roles as columns of the matrix, highest rank first. */
export function useRoleColumns(roles: RoleView[]): Column[] {
  const { t } = useLingui();
  const blocked = useBlocked();
  return roles
    .toSorted((a, b) => b.rank - a.rank || a.label.localeCompare(b.label))
    .map((role) => ({
      key: role.key,
      label: role.label,
      notes: [plural(role.members_count, { one: '# person', other: '# people' }), t`Rank ${role.rank}`],
      locked: role.is_owner_role
        ? t`The owner keeps every right, so this role stays as it is.`
        : role.is_builtin
          ? t`${role.label} is built in. Duplicate it to change the copy.`
          : blocked(role, 'role.manage')?.reason,
    }));
}
