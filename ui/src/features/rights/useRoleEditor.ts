import { useCallback, useState } from 'react';
import { type Followed, withFollowers } from './dependencies';
import { changesOf, drafted, draftOf, useDraft, withGrants } from './draft';
import type { Cell, Row } from './matrix';
import { type Grants, nextReach, type Reach, reachOf } from './reach';
import type { RoleView } from './types';

/** What may be done with the cells of a role. */
export interface Limits {
  /** The reaches that a permission may get in a role, least first. */
  options: (role: RoleView, permission: string) => Reach[];
  /** Why a permission of a role cannot be changed. */
  lock: (role: RoleView, permission: string) => string | undefined;
}

/** What happened along with the last change. */
export interface Aftermath {
  role: RoleView;
  followed: Followed[];
}

/** The unsaved changes of a workspace's roles, and how to make them. */
export function useRoleEditor(workspace: string, roles: RoleView[], limits: Limits) {
  const draft = useDraft(workspace);
  const [aftermath, setAftermath] = useState<Aftermath>();
  const store = draftOf(workspace);

  const grantsOf = useCallback((role: RoleView): Grants => drafted(role.grants, draft[role.key]), [draft]);

  function cellOf(row: Row, role: RoleView): Cell {
    const now = common(row.permissions, grantsOf(role));
    return {
      reach: now,
      changed: row.permissions.some(
        (permission) => reachOf(role.grants, permission) !== reachOf(grantsOf(role), permission),
      ),
      options: row.permissions.length > 1 ? ['none', 'any'] : limits.options(role, row.permissions[0]!),
      locked: row.permissions.map((permission) => limits.lock(role, permission)).find(Boolean),
    };
  }

  function change(row: Row, role: RoleView, cell: Cell) {
    const reach = nextReach(cell.reach, cell.options);
    let grants = grantsOf(role);
    let followed: Followed[] = [];
    for (const permission of row.permissions) {
      const step = withFollowers(grants, permission, reach, (other) => limits.options(role, other));
      grants = step.grants;
      followed = [...followed, ...step.followed];
    }
    store.set((now) => withGrants(now, role.key, role.grants, grants));
    setAftermath({ role, followed: followed.filter((each) => !row.permissions.includes(each.permission)) });
  }

  return {
    draft,
    grantsOf,
    cellOf,
    change,
    aftermath,
    changes: changesOf(draft, roles),
    /** Forgets the changes of some roles, or of all. */
    discard(keys?: string[]) {
      setAftermath(undefined);
      store.set((now) =>
        keys ? Object.fromEntries(Object.entries(now).filter(([key]) => !keys.includes(key))) : {},
      );
    },
  };
}

export type RoleEditor = ReturnType<typeof useRoleEditor>;

/** The reach that all permissions of a row have, if they have the same one. */
function common(permissions: string[], grants: Grants): Reach | 'mixed' {
  const [first, ...rest] = permissions.map((permission) => reachOf(grants, permission));
  return rest.every((reach) => reach === first) ? (first ?? 'none') : 'mixed';
}
