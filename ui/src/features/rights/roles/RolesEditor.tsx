import { useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, EmptyState, LockNote } from '@/design';
import { useMedia } from '@/design/useMedia';
import type { Column, Row } from '../matrix';
import { RightsMatrix } from '../RightsMatrix';
import type { RoleView } from '../types';
import type { Rights } from '../useRights';
import { useRoleEditor } from '../useRoleEditor';
import { ChangesBar } from './ChangesBar';
import { CheckAccessDialog } from './CheckAccessDialog';
import { PhoneRoles } from './PhoneRoles';
import { RoleDialog } from './RoleDialog';
import { RolePane } from './RolePane';
import css from './RolesEditor.module.css';
import { RoleTools } from './RoleTools';
import { useLimits } from './useLimits';
import { useRoleColumns } from './useRoleColumns';
import { useRows } from './useRows';

/** What is open over the page. */
type Opened = { kind: 'new'; base?: RoleView } | { kind: 'check' } | { kind: 'details' } | null;

export function RolesEditor({ rights }: { rights: Rights }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const search = useSearch({ from: '/w/$workspace/settings/roles' });
  const navigate = useNavigate({ from: '/w/$workspace/settings/roles' });
  const blocked = useBlockedHere()('role.manage');
  const phone = useMedia('(max-width: 760px)');
  const [opened, setOpened] = useState<Opened>(null);
  const [tried, setTried] = useState<{ column: Column; reason: string }>();
  const limits = useLimits(rights);
  const editor = useRoleEditor(workspace, rights.roles, limits);
  const roleOf = (column: { key: string }) => rights.roles.find(({ key }) => key === column.key)!;

  const compared = search.role && search.with ? [search.role, search.with] : undefined;
  const shown = compared ? rights.roles.filter(({ key }) => compared.includes(key)) : rights.roles;
  const columns = useRoleColumns(shown);
  const rows = useRows(rights, editor, shown, search);
  const selected = rights.roles.find(({ key }) => key === search.role);
  // A phone shows one role anyway; what else there is to say about it comes when asked for.
  const inPane = !phone ? selected : opened?.kind === 'details' ? (selected ?? rights.roles[0]) : undefined;

  const set = (next: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const matrix = {
    label: t`Permissions of each role`,
    rows,
    columns,
    cellOf: (row: Row, column: Column) => editor.cellOf(row, roleOf(column)),
    onChange: (row: Row, column: Column, cell: ReturnType<typeof editor.cellOf>) => {
      setTried(undefined);
      editor.change(row, roleOf(column), cell);
    },
    onLocked: (column: Column, reason: string) => setTried({ column, reason }),
  };
  const duplicate = (role: RoleView) => setOpened({ kind: 'new', base: role });

  return (
    <div className={css.page} data-pane={selected ? true : undefined}>
      <div className={css.main}>
        <header className={css.header}>
          <div className={css.heading}>
            <h1 className={css.title}>{t`Roles`}</h1>
            <p className={css.description}>
              {t`What each role can see and do. Changes apply the moment you save, and each one is in the audit log.`}
            </p>
          </div>
          <Button
            icon={<ShieldQuestion size={15} aria-hidden="true" />}
            onClick={() => setOpened({ kind: 'check' })}
          >
            {t`Check access`}
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={15} aria-hidden="true" />}
            blocked={blocked}
            onClick={() => setOpened({ kind: 'new' })}
          >
            {t`New role`}
          </Button>
          <LockNote reason={blocked} />
        </header>
        <RoleTools rights={rights} search={search} set={set} changed={editor.changes.length > 0} />
        {rows.length === 0 ? (
          <div className={css.nothing}>
            <EmptyState
              title={t`No permission to show`}
              action={<Button onClick={() => set({ q: undefined, only: undefined })}>{t`Show all`}</Button>}
            >
              {t`No permission matches what you look for.`}
            </EmptyState>
          </div>
        ) : phone ? (
          <PhoneRoles
            {...matrix}
            selected={search.role}
            onSelect={({ key }) => set({ role: key })}
            onDetails={() => setOpened({ kind: 'details' })}
          />
        ) : (
          <RightsMatrix
            {...matrix}
            selected={compared ? undefined : search.role}
            onSelect={({ key }) => set({ role: key === search.role ? undefined : key, with: undefined })}
          />
        )}
        <ChangesBar
          rights={rights}
          editor={editor}
          tried={tried && { role: roleOf(tried.column), reason: tried.reason }}
          onDuplicate={blocked ? undefined : duplicate}
        />
      </div>
      {inPane && (
        <RolePane
          key={inPane.key}
          role={inPane}
          rights={rights}
          editor={editor}
          comparedWith={search.with}
          onCompare={(key) => set({ with: key, only: key ? 'differences' : undefined })}
          onDuplicate={() => duplicate(inPane)}
          onDeleted={() => set({ role: undefined, with: undefined, only: undefined })}
          onClose={() => {
            if (phone) setOpened(null);
            else set({ role: undefined, with: undefined, only: undefined });
          }}
        />
      )}
      {opened?.kind === 'new' && (
        <RoleDialog
          roles={rights.roles}
          base={opened.base}
          onClose={() => setOpened(null)}
          onSaved={(role) => set({ role: role.key, with: undefined })}
        />
      )}
      {opened?.kind === 'check' && <CheckAccessDialog rights={rights} onClose={() => setOpened(null)} />}
    </div>
  );
}
