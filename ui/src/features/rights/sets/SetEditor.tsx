import { useLingui } from '@lingui/react/macro';
import { Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type PermissionSetView, permissionSetUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Checkbox, LockNote } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useMedia } from '@/design/useMedia';
import { useBlocked } from '@/i18n/reason';
import { ChangesBar } from '../ChangesBar';
import { EditorPage } from '../EditorPage';
import { EditorPane } from '../EditorPane';
import { ImpactCard, Moves } from '../ImpactCard';
import { type Cell, type Row, searched } from '../matrix';
import { NoRows } from '../NoRows';
import { PhoneMatrix } from '../PhoneMatrix';
import { ReviewDialog } from '../ReviewDialog';
import { RightsMatrix } from '../RightsMatrix';
import { exceeds, reachOf } from '../reach';
import { useGrantsEditor } from '../useGrantsEditor';
import { useSetLimits } from '../useLimits';
import { usePermissionRows } from '../usePermissionRows';
import { type Rights, readRightsAgain } from '../useRights';
import { SetDetails } from './SetDetails';
import css from './SetEditor.module.css';
import { useHoldersText } from './useHolders';

interface Props {
  rights: Rights;
  set: PermissionSetView;
  back: ReactNode;
}

/** What a permission set adds, permission by permission. */
export function SetEditor({ rights, set, back }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlocked()(set, 'role.manage');
  const phone = useMedia('(max-width: 760px)');
  const holders = useHoldersText();
  const [text, setText] = useState('');
  const [onlyGranted, setOnlyGranted] = useState(false);
  const [opened, setOpened] = useState<'review' | 'details'>();
  const [refused, setRefused] = useState<string>();

  const carrier = { key: set.id, label: set.label, grants: set.grants };
  const editor = useGrantsEditor(`sets.${workspace}`, [carrier], useSetLimits(rights));
  const grants = editor.grantsOf(carrier);
  const rows = searched(usePermissionRows(rights.permissions), text).filter(
    (row) => !onlyGranted || row.permissions.some((name) => exceeds(reachOf(grants, name), 'none')),
  );
  const column = { ...carrier, notes: [holders(set.holders_count)], locked: blocked?.reason };
  const matrix = {
    label: t`Permissions of ${set.label}`,
    rows,
    columns: [column],
    cellOf: (row: Row) => editor.cellOf(row, carrier),
    onChange: (row: Row, _: unknown, cell: Cell) => {
      setRefused(undefined);
      editor.change(row, carrier, cell);
    },
    onLocked: (_: unknown, reason: string) => setRefused(reason),
  };

  async function save() {
    try {
      await permissionSetUpdate({
        path: { workspace_id: workspace, permission_set_id: set.id },
        body: { version: set.version, grants: editor.draft[set.id] ?? {} },
      });
      editor.discard(set.id);
    } finally {
      await readRightsAgain(workspace);
    }
  }

  return (
    <EditorPage
      title={set.label}
      description={set.description || t`What it adds to the role of those who have it.`}
      back={back}
      actions={
        <>
          <Button icon={<Users size={15} aria-hidden="true" />} onClick={() => setOpened('details')}>
            {holders(set.holders_count)}
          </Button>
          <LockNote reason={blocked} />
        </>
      }
      tools={
        <>
          <div className={css.find}>
            <SearchField label={t`Find a permission`} value={text} onChange={setText} />
          </div>
          <Checkbox
            label={t`Only what it adds`}
            checked={onlyGranted}
            onChange={() => setOnlyGranted(!onlyGranted)}
          />
        </>
      }
      pane={
        opened === 'details' && (
          <EditorPane title={set.label} onClose={() => setOpened(undefined)}>
            <SetDetails set={set} />
          </EditorPane>
        )
      }
    >
      {rows.length === 0 ? (
        <NoRows
          search={text}
          onShowAll={() => {
            setText('');
            setOnlyGranted(false);
          }}
        />
      ) : phone ? (
        <PhoneMatrix {...matrix} column={column} />
      ) : (
        <RightsMatrix {...matrix} />
      )}
      <ChangesBar
        carriers={[carrier]}
        editor={editor}
        onReview={() => setOpened('review')}
        refused={refused === undefined ? undefined : { reason: refused }}
      />
      {opened === 'review' && (
        <ReviewDialog save={save} onClose={() => setOpened(undefined)}>
          <ImpactCard label={set.label} note={holders(set.holders_count)}>
            <Moves
              gains={editor.changes
                .filter(({ from, to }) => exceeds(to, from))
                .map(({ permission }) => permission)}
              losses={editor.changes
                .filter(({ from, to }) => exceeds(from, to))
                .map(({ permission }) => permission)}
              before={set.grants}
              after={grants}
            />
          </ImpactCard>
        </ReviewDialog>
      )}
    </EditorPage>
  );
}
