import type { RoleView } from '@/api';
import { differences } from '../draft';
import { type Row, searched } from '../matrix';
import type { GrantsEditor } from '../useGrantsEditor';
import { usePermissionRows } from '../usePermissionRows';
import type { Rights } from '../useRights';
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

interface Looked {
  rights: Rights;
  editor: Pick<GrantsEditor, 'changes' | 'grantsOf'>;
  /** The roles in sight; two of them are compared. */
  shown: RoleView[];
  search: RolesSearch;
}

/** The lines of the matrix that the search leaves. */
export function useRoleRows({ rights, editor, shown, search }: Looked): Row[] {
  const permissions = usePermissionRows(rights.permissions);
  const toggles = useToggleRows(rights.toggles);
  const rows = searched(search.simple && toggles.length > 0 ? toggles : permissions, search.q ?? '');
  if (!search.only) return rows;
  const [one, other] = shown.map(editor.grantsOf);
  const wanted = new Set(
    search.only === 'changes'
      ? editor.changes.map(({ permission }) => permission)
      : one && other && differences(one, other),
  );
  return rows.filter((row) => row.permissions.some((permission) => wanted.has(permission)));
}
