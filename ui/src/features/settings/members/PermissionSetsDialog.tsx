import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type MemberView, memberSetsPut, permissionSetsListOptions } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Checkbox, Dialog, EmptyState, ErrorState, Skeleton, toast } from '@/design';
import css from './PermissionSetsDialog.module.css';
import { useChange } from './useChange';

/** The permission sets a member holds beside the role; what they give is added to it. */
export function PermissionSetsDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const { t } = useLingui();
  const sets = useQuery(permissionSetsListOptions({ path: { workspace_id: useWorkspaceId() } }));
  const [held, setHeld] = useState(new Set(member.permission_sets.map(({ id }) => id)));
  const save = useChange(
    (path) => memberSetsPut({ path, body: { permission_set_ids: [...held] } }),
    member.id,
    {
      failed: t`The permission sets did not change`,
      onSuccess: () => {
        toast({ title: t`Saved`, description: t`It holds at once, in open windows too.` });
        onClose();
      },
    },
  );
  const toggle = (id: string) =>
    setHeld((now) => (now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set(now).add(id)));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Permission sets of ${member.name}`}
      description={t`A set adds to what the role ${member.role.label} gives; it never takes anything away.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate()}>
            {t`Save`}
          </Button>
        </>
      }
    >
      {sets.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : sets.isError ? (
        <ErrorState
          title={t`The permission sets could not be loaded`}
          error={sets.error}
          onRetry={() => void sets.refetch()}
        />
      ) : sets.data.items.length === 0 ? (
        <EmptyState title={t`No permission sets yet`}>
          {t`Make one under Permission sets for what some people need beside their role.`}
        </EmptyState>
      ) : (
        <ul className={css.sets}>
          {sets.data.items.map((set) => (
            <li key={set.id}>
              <Checkbox
                checked={held.has(set.id)}
                onChange={() => toggle(set.id)}
                label={
                  <>
                    {set.label}
                    {set.description && <small className={css.description}>{set.description}</small>}
                  </>
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
