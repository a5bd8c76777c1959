import { useLingui } from '@lingui/react/macro';
import type { Carrier, Change } from './draft';
import { usePermissionTexts } from './permissionTexts';
import { useReachWord } from './reach';

/** A change as a sentence: Agent · Reply to customers: Own only → Yes. */
export function useChangeText(carriers: Carrier[]): (change: Change) => string {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  const word = useReachWord();
  return ({ carrier, permission, from, to }) => {
    const name = carriers.find(({ key }) => key === carrier)?.label ?? carrier;
    return t`${name} · ${label(permission)}: ${word(from)} → ${word(to)}`;
  };
}
