import type { Reach } from '@/api';
import { createStore, type Store, useStore } from '@/design/store';
import { type Grants, reachOf } from './reach';

/** Unsaved changes: role or set → permission → reach. They outlive a reload and a look around with them. */
export type Draft = Readonly<Record<string, Grants>>;

/** What carries grants: a role, or a permission set. */
export interface Carrier {
  key: string;
  label: string;
  grants: Grants;
}

export interface Change {
  carrier: string;
  permission: string;
  from: Reach;
  to: Reach;
}

const stores = new Map<string, Store<Draft>>();

/** The draft of a name, kept in this tab. */
export function draftOf(name: string): Store<Draft> {
  const known = stores.get(name);
  if (known) return known;
  const key = `guildhall.${name}`;
  const store = createStore<Draft>(JSON.parse(sessionStorage.getItem(key) ?? '{}'));
  store.subscribe(() => sessionStorage.setItem(key, JSON.stringify(store.get())));
  stores.set(name, store);
  return store;
}

export const useDraft = (name: string): Draft => useStore(draftOf(name));

/** What is granted with the unsaved changes. */
export const drafted = (grants: Grants, changes: Grants | undefined): Grants => ({ ...grants, ...changes });

/** The draft after a carrier is to grant `next`: only what differs from what it grants now is a change. */
export function withGrants(draft: Draft, { key, grants }: Carrier, next: Grants): Draft {
  const { [key]: _, ...others } = draft;
  const changes = differences(grants, next);
  return changes.length === 0
    ? others
    : { ...others, [key]: Object.fromEntries(changes.map((name) => [name, reachOf(next, name)])) };
}

/** The permissions that two sets of grants differ in. */
export function differences(a: Grants, b: Grants): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => reachOf(a, name) !== reachOf(b, name));
}

/** Every change of a draft that is still one. */
export function changesOf(draft: Draft, carriers: Carrier[]): Change[] {
  return carriers.flatMap(({ key, grants }) =>
    Object.entries(draft[key] ?? {})
      .map(([permission, to]) => ({ carrier: key, permission, from: reachOf(grants, permission), to }))
      .filter(({ from, to }) => from !== to),
  );
}
