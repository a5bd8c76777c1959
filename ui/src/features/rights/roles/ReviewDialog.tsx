import { Plural, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleMinus, CirclePlus } from 'lucide-react';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, ErrorState, Skeleton, toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { roleImpactOptions } from '../api';
import { drafted } from '../draft';
import { usePermissionTexts } from '../permissionTexts';
import { type Grants, reachOf, useReachWord } from '../reach';
import type { RoleView } from '../types';
import type { Rights } from '../useRights';
import type { RoleEditor } from '../useRoleEditor';
import css from './ReviewDialog.module.css';
import { useSaveRoles } from './useSaveRoles';

interface Props {
  rights: Rights;
  editor: RoleEditor;
  onClose: () => void;
}

/** What is about to change for whom, before it does. */
export function ReviewDialog({ rights, editor, onClose }: Props) {
  const { t } = useLingui();
  const saveRoles = useSaveRoles(editor);
  const save = useMutation({
    mutationFn: saveRoles,
    onSuccess: () => {
      toast({ title: t`Saved and in effect` });
      onClose();
    },
  });
  const text = useProblemText();
  const touched = rights.roles.filter(({ key }) => editor.changes.some(({ role }) => role === key));
  return (
    <Dialog
      open
      size="l"
      onClose={onClose}
      title={t`Review the changes`}
      description={t`They take effect the moment you save, for everybody who has the role and in every open window.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Keep editing`}</Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate(touched)}>
            {t`Save`}
          </Button>
        </>
      }
    >
      {save.error && (
        <p role="alert" className={css.alert}>
          {text(save.error)}
        </p>
      )}
      {touched.map((role) => (
        <RoleImpact key={role.key} role={role} changes={editor.draft[role.key] ?? {}} />
      ))}
    </Dialog>
  );
}

function RoleImpact({ role, changes }: { role: RoleView; changes: Grants }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const impact = useQuery(roleImpactOptions(workspace, role.key, changes));
  return (
    <section className={css.role} aria-label={role.label}>
      <h3 className={css.name}>
        {role.label}
        {impact.data && (
          <small>
            <Plural
              value={impact.data.members_affected}
              _0="Nobody has this role yet"
              one="# person affected"
              other="# people affected"
            />
          </small>
        )}
      </h3>
      {impact.isPending ? (
        <Skeleton lines={2} label={t`Loading`} />
      ) : impact.isError ? (
        <ErrorState
          title={t`What it means could not be worked out`}
          error={impact.error}
          onRetry={() => void impact.refetch()}
        />
      ) : (
        <>
          <Moves kind="gain" title={t`Gains`} role={role} changes={changes} permissions={impact.data.gains} />
          <Moves
            kind="loss"
            title={t`Loses`}
            role={role}
            changes={changes}
            permissions={impact.data.losses}
          />
        </>
      )}
    </section>
  );
}

interface MovesProps {
  kind: 'gain' | 'loss';
  title: string;
  role: RoleView;
  changes: Grants;
  permissions: string[];
}

function Moves({ kind, title, role, changes, permissions }: MovesProps) {
  const { label } = usePermissionTexts();
  const word = useReachWord();
  const after = drafted(role.grants, changes);
  if (permissions.length === 0) return null;
  const Icon = kind === 'gain' ? CirclePlus : CircleMinus;
  return (
    <div className={css.moves} data-kind={kind}>
      <h4>{title}</h4>
      <ul>
        {permissions.map((permission) => (
          <li key={permission}>
            <Icon size={14} aria-hidden="true" />
            <span>
              {label(permission)}{' '}
              <small>
                {word(reachOf(role.grants, permission))} → <b>{word(reachOf(after, permission))}</b>
              </small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
