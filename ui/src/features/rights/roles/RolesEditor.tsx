import { useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CopyPlus, Plus, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import type { RoleView } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, LockNote } from '@/design';
import { useMedia } from '@/design/useMedia';
import { ChangesBar } from '../ChangesBar';
import { EditorPage } from '../EditorPage';
import { EditorPane } from '../EditorPane';
import type { Cell, Column, Row } from '../matrix';
import { NoRows } from '../NoRows';
import { PhoneMatrix } from '../PhoneMatrix';
import { ReviewDialog } from '../ReviewDialog';
import { RightsMatrix } from '../RightsMatrix';
import { useGrantsEditor } from '../useGrantsEditor';
import { useRoleLimits } from '../useLimits';
import type { Rights } from '../useRights';
import { CheckAccessDialog } from './CheckAccessDialog';
import { RoleDetails } from './RoleDetails';
import { RoleDialog } from './RoleDialog';
import { RoleImpact } from './RoleImpact';
import { RolePicker } from './RolePicker';
import { RoleTools } from './RoleTools';
import { useRoleColumns } from './useRoleColumns';
import { type RolesSearch, useRoleRows } from './useRoleRows';
import { useSaveRoles } from './useSaveRoles';

/** What is open over the page. */
type Opened = 'check' | 'review' | 'details' | { base: RoleView | undefined };

/** Leaves the role that is looked at, and what it is compared with. */
const nobody: RolesSearch = { role: undefined, with: undefined, only: undefined };

export function RolesEditor({ rights }: { rights: Rights }) {
  const { t } = useLingui();
  const { roles } = rights;
  const search = useSearch({ from: '/w/$workspace/settings/roles' });
  const navigate = useNavigate({ from: '/w/$workspace/settings/roles' });
  const set = (next: RolesSearch) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const blocked = useBlockedHere()('role.manage');
  const phone = useMedia('(max-width: 760px)');
  const [opened, setOpened] = useState<Opened>();
  const [tried, setTried] = useState<{ role: RoleView; reason: string }>();
  const editor = useGrantsEditor(`roles.${useWorkspaceId()}`, roles, useRoleLimits(rights));
  const save = useSaveRoles(editor);
  const touched = roles.filter(({ key }) => editor.changes.some(({ carrier }) => carrier === key));

  const roleOf = (column: Column) => roles.find(({ key }) => key === column.key)!;
  const selected = roles.find(({ key }) => key === search.role);
  const other = selected && roles.find(({ key }) => key === search.with);
  const shown = other ? [selected, other] : roles;
  // A phone shows one role anyway; what else there is to say about it comes when asked for.
  const inPane = phone ? opened === 'details' && (selected ?? roles[0]) : selected;
  const rows = useRoleRows({ rights, editor, shown, search });
  const matrix = {
    label: t`Permissions of each role`,
    rows,
    columns: useRoleColumns(shown),
    selected: other ? undefined : search.role,
    cellOf: (row: Row, column: Column) => editor.cellOf(row, roleOf(column)),
    onChange: (row: Row, column: Column, cell: Cell) => {
      setTried(undefined);
      editor.change(row, roleOf(column), cell);
    },
    onLocked: (column: Column, reason: string) => setTried({ role: roleOf(column), reason }),
  };

  const picked = matrix.columns.find(({ key }) => key === search.role) ?? matrix.columns[0];
  const body = phone ? (
    picked && (
      <>
        <RolePicker
          columns={matrix.columns}
          column={picked}
          onPick={(key) => set({ role: key })}
          onDetails={() => setOpened('details')}
        />
        <PhoneMatrix {...matrix} column={picked} />
      </>
    )
  ) : (
    <RightsMatrix
      {...matrix}
      onSelect={({ key }) => set(key === search.role ? nobody : { ...nobody, role: key })}
    />
  );

  return (
    <EditorPage
      title={t`Roles`}
      description={t`What each role can see and do. Changes apply the moment you save, and each one is in the audit log.`}
      actions={
        <>
          <Button icon={<ShieldQuestion size={15} aria-hidden="true" />} onClick={() => setOpened('check')}>
            {t`Check access`}
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={15} aria-hidden="true" />}
            blocked={blocked}
            onClick={() => setOpened({ base: undefined })}
          >
            {t`New role`}
          </Button>
          <LockNote reason={blocked && { ...blocked, reason: t`You can look at roles, not change them.` }} />
        </>
      }
      tools={<RoleTools rights={rights} search={search} set={set} changed={editor.changes.length > 0} />}
      pane={
        inPane && (
          <EditorPane
            key={inPane.key}
            title={inPane.label}
            onClose={() => (phone ? setOpened(undefined) : set(nobody))}
          >
            <RoleDetails
              role={inPane}
              rights={rights}
              editor={editor}
              comparedWith={other?.key}
              onCompare={(key) => set({ role: inPane.key, with: key, only: key ? 'differences' : undefined })}
              onDuplicate={() => setOpened({ base: inPane })}
              onDeleted={() => set(nobody)}
            />
          </EditorPane>
        )
      }
    >
      {rows.length > 0 ? (
        body
      ) : (
        <NoRows search={search.q} onShowAll={() => set({ q: undefined, only: undefined })} />
      )}
      <ChangesBar
        carriers={roles}
        editor={editor}
        onReview={() => setOpened('review')}
        refused={
          tried && {
            reason: tried.reason,
            remedy: tried.role.is_builtin && !tried.role.is_owner_role && !blocked && (
              <Button
                size="s"
                icon={<CopyPlus size={13} aria-hidden="true" />}
                onClick={() => setOpened({ base: tried.role })}
              >
                {t`Duplicate ${tried.role.label}`}
              </Button>
            ),
          }
        }
      />
      {typeof opened === 'object' && (
        <RoleDialog
          roles={roles}
          base={opened.base}
          onClose={() => setOpened(undefined)}
          onSaved={({ key }) => set({ ...nobody, role: key })}
        />
      )}
      {opened === 'check' && <CheckAccessDialog rights={rights} onClose={() => setOpened(undefined)} />}
      {opened === 'review' && (
        <ReviewDialog save={() => save(touched)} onClose={() => setOpened(undefined)}>
          {touched.map((role) => (
            <RoleImpact key={role.key} role={role} changes={editor.draft[role.key] ?? {}} />
          ))}
        </ReviewDialog>
      )}
    </EditorPage>
  );
}
