import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Plus, ShieldPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type PermissionSetView, permissionSetsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import { exceeds } from '../reach';
import css from './PermissionSetsPage.module.css';
import { SetDialog } from './SetDialog';

export default function PermissionSetsPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const blocked = useBlockedHere();
  const [creating, setCreating] = useState(false);
  const view = blocked('role.view');
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('role.manage')}
      onClick={() => setCreating(true)}
    >
      {t`New permission set`}
    </Button>
  );
  useTitle(t`Permission sets`);
  return (
    <Page
      title={t`Permission sets`}
      description={t`What some people may do on top of their role. A set adds and never takes away.`}
      actions={create}
    >
      {view ? <LockNote reason={view} /> : <Sets create={create} />}
      {creating && (
        <SetDialog
          onClose={() => setCreating(false)}
          onSaved={({ id }) => void navigate({ to: paths.permissionSet(workspace, id) })}
        />
      )}
    </Page>
  );
}

function Sets({ create }: { create: ReactNode }) {
  const { t } = useLingui();
  const sets = useQuery(permissionSetsListOptions({ path: { workspace_id: useWorkspaceId() } }));
  return (
    <Section flush>
      {sets.isPending ? (
        <Skeleton lines={4} label={t`Loading`} />
      ) : sets.isError ? (
        <ErrorState
          title={t`The permission sets could not be loaded`}
          error={sets.error}
          onRetry={() => void sets.refetch()}
        />
      ) : sets.data.items.length === 0 ? (
        <EmptyState
          icon={<ShieldPlus size={28} aria-hidden="true" />}
          title={t`No permission sets yet`}
          action={create}
        >
          {t`When one person needs a little more than the role gives, such as exporting customers, put that into a set and give it to them. The role stays as it is.`}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {sets.data.items.map((set) => (
            <SetRow key={set.id} set={set} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SetRow({ set }: { set: PermissionSetView }) {
  const granted = Object.values(set.grants).filter((reach) => exceeds(reach, 'none')).length;
  return (
    <li>
      <Link to={paths.permissionSet(useWorkspaceId(), set.id)} className={css.set}>
        <span className={css.name}>
          <b>{set.label}</b>
          {set.description && <small>{set.description}</small>}
        </span>
        <small className={css.figures}>
          <Plural value={granted} _0="No permission yet" one="# permission" other="# permissions" />
          {' · '}
          <Plural value={set.holders_count} _0="Nobody has it" one="# person" other="# people" />
        </small>
        <ChevronRight size={16} aria-hidden="true" className={css.go} />
      </Link>
    </li>
  );
}
