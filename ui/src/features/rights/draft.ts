import { createStore, type Store, useStore } from '@/design/store';
import { type Grants, type Reach, reachOf } from './reach';

/** Unsaved changes: role → permission → reach. They outlive a reload and a look around as the changed role. */
export type Draft = Readonly<Record<string, Grants>>;

export interface Change {
  role: string;
  permission: string;
  from: Reach;
  to: Reach;
}

const stores = new Map<string, Store<Draft>>();

/** The draft of a workspace, kept in this tab. */
export function draftOf(workspace: string): Store<Draft> {
  const known = stores.get(workspace);
  if (known) return known;
  const key = `guildhall.roles.${workspace}`;
  const store = createStore<Draft>(JSON.parse(sessionStorage.getItem(key) ?? '{}'));
  store.subscribe(() => sessionStorage.setItem(key, JSON.stringify(store.get())));
  stores.set(workspace, store);
  return store;
}

export const useDraft = (workspace: string): Draft => useStore(draftOf(workspace));

/** What a role grants with its unsaved changes. */
export const drafted = (grants: Grants, changes: Grants | undefined): Grants => ({ ...grants, ...changes });

/** The draft after a role is to grant `next`: only what differs from what it grants now is a change. */
export function withGrants(draft: Draft, role: string, saved: Grants, next: Grants): Draft {
  const { [role]: _, ...others } = draft;
  const changes = differences(saved, next);
  return changes.length === 0
    ? others
    : { ...others, [role]: Object.fromEntries(changes.map((name) => [name, reachOf(next, name)])) };
}

/** The permissions that two sets of grants differ in. */
export function differences(a: Grants, b: Grants): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => reachOf(a, name) !== reachOf(b, name));
}

/** Every change of a draft that is still one, role by role. */
export function changesOf(draft: Draft, roles: { key: string; grants: Grants }[]): Change[] {
  return roles.flatMap(({ key, grants }) =>
    Object.entries(draft[key] ?? {})
      .map(([permission, to]) => ({ role: key, permission, from: reachOf(grants, permission), to }))
      .filter(({ from, to }) => from !== to),
  );
}
