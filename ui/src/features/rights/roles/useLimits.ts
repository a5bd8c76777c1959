import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { exceeds, reachesOf, reachOf } from '../reach';
import type { Rights } from '../useRights';
import type { Limits } from '../useRoleEditor';

/** What may be changed in the cells of roles: never beyond one's own reach, nor what the seat never gets. */
export function useLimits({ permissions, own, neverOnCollaboratorSeats }: Rights): Limits {
  const { t } = useLingui();
  return useMemo(() => {
    const catalogue = new Map(permissions.map((permission) => [permission.name, permission]));
    const never = new Set(neverOnCollaboratorSeats);
    return {
      // What is there may stay or shrink, even where one could not give it.
      options: (role, permission) =>
        reachesOf(catalogue.get(permission)).filter(
          (reach) =>
            !exceeds(reach, reachOf(own, permission)) || !exceeds(reach, reachOf(role.grants, permission)),
        ),
      lock(role, permission) {
        if (role.seat_type === 'collaborator' && never.has(permission))
          return t`Nobody on a collaborator’s seat ever gets this.`;
        const granted = reachOf(role.grants, permission);
        return granted === 'none' && reachOf(own, permission) === 'none'
          ? t`You cannot give what you do not have yourself.`
          : undefined;
      },
    };
  }, [permissions, own, neverOnCollaboratorSeats, t]);
}
