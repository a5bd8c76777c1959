import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { permissionSetsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { EmptyState, ErrorState, LockNote, Page, Skeleton } from '@/design';
import { useRights } from '../useRights';
import css from './PermissionSetPage.module.css';
import { SetEditor } from './SetEditor';

export default function PermissionSetPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { set: id } = useParams({ from: '/w/$workspace/settings/permission-sets/$set' });
  const blocked = useBlockedHere()('role.view');
  const rights = useRights(!blocked);
  const sets = useQuery({
    ...permissionSetsListOptions({ path: { workspace_id: workspace } }),
    enabled: !blocked,
  });
  const set = sets.data?.items.find((each) => each.id === id);
  useTitle(set?.label ?? t`Permission sets`);
  const back = (
    <Link to={paths.settings(workspace, 'permission-sets')} className={css.back}>
      <ArrowLeft size={15} aria-hidden="true" />
      {t`Permission sets`}
    </Link>
  );
  if (rights.data && set) return <SetEditor key={id} rights={rights.data} set={set} back={back} />;
  const error = rights.error ?? (sets.data ? null : sets.error);
  return (
    <Page title={t`Permission set`} back={back}>
      {blocked ? (
        <LockNote reason={blocked} />
      ) : error ? (
        <ErrorState
          title={t`The permission set could not be loaded`}
          error={error}
          onRetry={() => {
            rights.retry();
            void sets.refetch();
          }}
        />
      ) : sets.data ? (
        <EmptyState title={t`This permission set is gone`}>{t`Somebody deleted it.`}</EmptyState>
      ) : (
        <Skeleton lines={12} label={t`Loading`} />
      )}
    </Page>
  );
}
