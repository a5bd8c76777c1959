import { fold } from '@/features/search/marked';
import { differences } from '../draft';
import type { Row } from '../matrix';
import { inMatrixOrder, usePermissionTexts } from '../permissionTexts';
import { useRelationText } from '../reach';
import type { RoleView } from '../types';
import type { Rights } from '../useRights';
import type { RoleEditor } from '../useRoleEditor';
import { useToggleRows } from './useToggleRows';

/** What is looked at, as it stands in the address. */
export interface RolesSearch {
  role?: string | undefined;
  /** The role it is compared with. */
  with?: string | undefined;
  q?: string | undefined;
  only?: 'changes' | 'differences' | undefined;
  /** A few switches instead of all permissions. */
  simple?: true | undefined;
}

/** The permissions to show, in their order, as lines of the matrix. */
export function useRows(rights: Rights, editor: RoleEditor, shown: RoleView[], search: RolesSearch): Row[] {
  const permissions = usePermissionRows(rights);
  const toggles = useToggleRows(rights);
  const wanted = fold(search.q ?? '');
  const changed = new Set(editor.changes.map(({ permission }) => permission));
  const [one, other] = shown.map(editor.grantsOf);
  const different = new Set(search.only === 'differences' && one && other ? differences(one, other) : []);
  const rows = search.simple && toggles.length > 0 ? toggles : permissions;
  return rows.filter(
    (row) =>
      fold(`${row.label} ${row.group} ${row.hint ?? ''} ${row.permissions.join(' ')}`).includes(wanted) &&
      (search.only !== 'changes' || row.permissions.some((name) => changed.has(name))) &&
      (search.only !== 'differences' || row.permissions.some((name) => different.has(name))),
  );
}

/** A line for each permission of the catalogue. */
export function usePermissionRows({ permissions }: Rights): Row[] {
  const texts = usePermissionTexts();
  const relation = useRelationText();
  const known = new Map(permissions.map((permission) => [permission.name, permission]));
  return inMatrixOrder([...known.keys()]).map((name) => ({
    key: name,
    label: texts.label(name),
    hint: relation(known.get(name)),
    group: texts.group(name),
    permissions: [name],
  }));
}
