import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type PermissionSetView, permissionSetDelete } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Avatar, Button, ConfirmDialog, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { readRightsAgain } from '../useRights';
import css from './SetDetails.module.css';
import { SetDialog } from './SetDialog';
import { useHolders, useHoldersText } from './useHolders';

/** Who has a permission set, and what can be done with it as a whole. */
export function SetDetails({ set }: { set: PermissionSetView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlocked()(set, 'role.manage');
  const holders = useHolders(set.id);
  const [open, setOpen] = useState<'rename' | 'delete'>();
  return (
    <div className={css.details}>
      <section aria-label={t`Who has it`}>
        <h3 className={css.heading}>{t`Who has it`}</h3>
        {holders.length === 0 ? (
          <p className={css.hint}>{t`Nobody yet. Give it to somebody from the menu beside their name.`}</p>
        ) : (
          <ul className={css.people}>
            {holders.map(({ id, name, role }) => (
              <li key={id}>
                <Avatar name={name} size={28} />
                <span>
                  <Link to={paths.member(workspace, id)}>{name}</Link>
                  <small>{role.label}</small>
                </span>
              </li>
            ))}
          </ul>
        )}
        <Link to={paths.settings(workspace, 'members')}>{t`To the members`}</Link>
      </section>
      <div className={css.actions}>
        <Button
          size="s"
          icon={<Pencil size={14} aria-hidden="true" />}
          blocked={blocked}
          onClick={() => setOpen('rename')}
        >
          {t`Rename`}
        </Button>
        <Button
          size="s"
          icon={<Trash2 size={14} aria-hidden="true" />}
          blocked={blocked}
          onClick={() => setOpen('delete')}
        >
          {t`Delete`}
        </Button>
      </div>
      {open === 'rename' && <SetDialog renamed={set} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && <DeleteSet set={set} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

/** Asks, by its name, whether a set is to be taken from everybody and deleted. */
function DeleteSet({ set, onClose }: { set: PermissionSetView; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const failed = useFailure();
  const holders = useHoldersText();
  const remove = useMutation({
    mutationFn: () => permissionSetDelete({ path: { workspace_id: workspace, permission_set_id: set.id } }),
    onSuccess: async () => {
      toast({ title: t`${set.label} is deleted` });
      await navigate({ to: paths.settings(workspace, 'permission-sets') });
    },
    onError: (error) => {
      onClose();
      failed(t`${set.label} is still there`, error);
    },
    onSettled: () => readRightsAgain(workspace),
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t`Delete ${set.label}?`}
      description={`${holders(set.holders_count)}. ${t`What it adds is lost at once and cannot be brought back.`}`}
      confirm={t`Delete the permission set`}
      typed={set.label}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}
