import { useLingui } from '@lingui/react/macro';
import type { DueGroup } from './groups';

export function useGroupNames(): Record<DueGroup, string> {
  const { t } = useLingui();
  return {
    overdue: t`Overdue`,
    today: t`Today`,
    week: t`The next seven days`,
    later: t`Later`,
    none: t`No date`,
  };
}
