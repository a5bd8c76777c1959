import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { Reach, RoleView } from '@/api';
import type { Carrier } from './draft';
import { exceeds, reachOf } from './reach';
import type { Limits } from './useGrantsEditor';
import type { Rights } from './useRights';

/** What may be changed in roles, as the server tells it cell by cell. */
export function useRoleLimits({ permissions, matrix }: Rights): Limits<RoleView> {
  const texts = useLockTexts();
  return useMemo(() => {
    const reaches = new Map(permissions.map((permission) => [permission.name, permission.reaches]));
    const rows = new Map(matrix.permissions.map((row) => [row.permission, row.cells]));
    const columns = new Map(matrix.roles.map(({ key }, index) => [key, index]));
    const cell = (role: RoleView, permission: string) =>
      rows.get(permission)?.[columns.get(role.key) ?? Number.NaN];
    return {
      options(role, permission) {
        const { reach, choices = [] } = cell(role, permission) ?? {};
        return (reaches.get(permission) ?? []).filter((each) => each === reach || choices.includes(each));
      },
      lock(role, permission) {
        const locked = cell(role, permission)?.locked;
        return locked === 'seat_type' ? texts.seat : locked === 'above_own' ? texts.aboveOwn : undefined;
      },
    };
  }, [permissions, matrix, texts]);
}

/** What may be changed in permission sets: whatever is there may shrink, and nothing grows beyond one's own reach. */
export function useSetLimits({ permissions, matrix }: Rights): Limits<Carrier> {
  const texts = useLockTexts();
  return useMemo(() => {
    const reaches = new Map(permissions.map((permission) => [permission.name, permission.reaches]));
    const within = new Map(matrix.permissions.map((row) => [row.permission, row.within]));
    const options = ({ grants }: Carrier, permission: string): Reach[] =>
      (reaches.get(permission) ?? []).filter(
        (reach) =>
          !exceeds(reach, within.get(permission) ?? 'none') || !exceeds(reach, reachOf(grants, permission)),
      );
    return {
      options,
      lock: (set, permission) => (options(set, permission).length < 2 ? texts.aboveOwn : undefined),
    };
  }, [permissions, matrix, texts]);
}

function useLockTexts() {
  const { t } = useLingui();
  return useMemo(
    () => ({
      seat: t`Nobody on a light seat ever gets this.`,
      aboveOwn: t`You cannot give what you do not have yourself.`,
    }),
    [t],
  );
}
