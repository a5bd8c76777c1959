import { useLingui } from '@lingui/react/macro';
import { Button, EmptyState } from '@/design';
import css from './NoRows.module.css';

/** What stands in place of a matrix that a search left nothing of. */
export function NoRows({ search, onShowAll }: { search: string | undefined; onShowAll: () => void }) {
  const { t } = useLingui();
  return (
    <div className={css.nothing}>
      <EmptyState
        title={t`No permission to show`}
        action={<Button onClick={onShowAll}>{t`Show all`}</Button>}
      >
        {search ? t`No permission is called like “${search}”.` : t`There is nothing to tell apart.`}
      </EmptyState>
    </div>
  );
}
