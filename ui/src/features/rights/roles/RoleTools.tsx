import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Checkbox, IconButton } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import type { Rights } from '../useRights';
import css from './RoleTools.module.css';
import type { RolesSearch } from './useRoleRows';

interface Props {
  rights: Rights;
  search: RolesSearch;
  set: (next: RolesSearch) => void;
  /** Whether there are unsaved changes. */
  changed: boolean;
}

/** What narrows the matrix down. */
export function RoleTools({ rights, search, set, changed }: Props) {
  const { t } = useLingui();
  const [text, setText] = useSearchText(search.q ?? '', (q) => set({ q: q || undefined }));
  const labelOf = (key: string | undefined) => rights.roles.find((role) => role.key === key)?.label ?? '';
  const only = (what: 'changes' | 'differences') => ({
    checked: search.only === what,
    onChange: () => set({ only: search.only === what ? undefined : what }),
  });
  return (
    <>
      <div className={css.find}>
        <SearchField label={t`Find a permission`} value={text} onChange={setText} />
      </div>
      {(changed || search.only === 'changes') && <Checkbox label={t`Only changes`} {...only('changes')} />}
      {Object.keys(rights.toggles).length > 0 && (
        <Checkbox
          label={t`Simple view`}
          checked={search.simple ?? false}
          onChange={() => set({ simple: search.simple ? undefined : true })}
        />
      )}
      {search.role && search.with && (
        <>
          <Checkbox label={t`Only differences`} {...only('differences')} />
          <span className={css.compare}>
            {t`Comparing ${labelOf(search.role)} and ${labelOf(search.with)}`}
            <IconButton
              size="s"
              label={t`End the comparison`}
              onClick={() => set({ with: undefined, only: undefined })}
            >
              <X size={14} aria-hidden="true" />
            </IconButton>
          </span>
        </>
      )}
    </>
  );
}
