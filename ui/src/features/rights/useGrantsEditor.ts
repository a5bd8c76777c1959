import { useCallback, useState } from 'react';
import type { Reach } from '@/api';
import { type Followed, withFollowers } from './dependencies';
import { type Carrier, changesOf, drafted, draftOf, useDraft, withGrants } from './draft';
import type { Cell, Row } from './matrix';
import { type Grants, nextReach, reachOf } from './reach';

/** What may be done with single permissions. */
export interface Limits<C extends Carrier> {
  /** The reaches that a permission may get, least first. */
  options: (carrier: C, permission: string) => Reach[];
  /** Why a permission cannot be changed. */
  lock: (carrier: C, permission: string) => string | undefined;
}

/** The unsaved changes of roles or permission sets, and how to make them; `name` is that of their draft. */
export function useGrantsEditor<C extends Carrier>(name: string, carriers: C[], limits: Limits<C>) {
  const draft = useDraft(name);
  const store = draftOf(name);
  /** What changed along with the last change. */
  const [followed, setFollowed] = useState<Followed[]>([]);

  const grantsOf = useCallback(
    (carrier: Carrier): Grants => drafted(carrier.grants, draft[carrier.key]),
    [draft],
  );

  function cellOf({ permissions }: Row, carrier: C): Cell {
    const [before, now] = [carrier.grants, grantsOf(carrier)];
    return {
      reach: common(permissions, now),
      changed: permissions.some((permission) => reachOf(before, permission) !== reachOf(now, permission)),
      options: permissions.length > 1 ? ['none', 'any'] : limits.options(carrier, permissions[0]!),
      locked: permissions.map((permission) => limits.lock(carrier, permission)).find(Boolean),
    };
  }

  function change({ permissions }: Row, carrier: C, cell: Cell) {
    const reach = nextReach(cell.reach, cell.options);
    let grants = grantsOf(carrier);
    const along: Followed[] = [];
    for (const permission of permissions) {
      const step = withFollowers(grants, permission, reach, (other) => limits.options(carrier, other));
      grants = step.grants;
      along.push(...step.followed);
    }
    store.set((before) => withGrants(before, carrier, grants));
    setFollowed(along.filter(({ permission }) => !permissions.includes(permission)));
  }

  return {
    draft,
    grantsOf,
    cellOf,
    change,
    followed,
    changes: changesOf(draft, carriers),
    /** Forgets the changes of one carrier, or all of them. */
    discard(key?: string) {
      setFollowed([]);
      store.set(({ [key ?? '']: _, ...others }) => (key ? others : {}));
    },
  };
}

export type GrantsEditor = ReturnType<typeof useGrantsEditor>;

/** The reach that all permissions of a row have, if they have the same one. */
function common(permissions: string[], grants: Grants): Reach | 'mixed' {
  const [first, ...rest] = permissions.map((permission) => reachOf(grants, permission));
  return rest.every((reach) => reach === first) ? (first ?? 'none') : 'mixed';
}
