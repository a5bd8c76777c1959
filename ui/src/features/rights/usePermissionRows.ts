import type { PermissionView } from '@/api';
import type { Row } from './matrix';
import { inMatrixOrder, usePermissionTexts } from './permissionTexts';
import { useRelationText } from './reach';

/** A line of a matrix for each permission of the catalogue. */
export function usePermissionRows(permissions: PermissionView[]): Row[] {
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
