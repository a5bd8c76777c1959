import { useLingui } from '@lingui/react/macro';
import { useBlockedHere } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { useRights } from '../useRights';
import { RolesEditor } from './RolesEditor';

export default function RolesPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('role.view');
  const rights = useRights(!blocked);
  useTitle(t`Roles`);
  if (rights.data) return <RolesEditor rights={rights.data} />;
  return (
    <Page title={t`Roles`} description={t`What each role can see and do.`}>
      {blocked ? (
        <LockNote reason={blocked} />
      ) : rights.error ? (
        <ErrorState title={t`The roles could not be loaded`} error={rights.error} onRetry={rights.retry} />
      ) : (
        <Skeleton lines={12} label={t`Loading`} />
      )}
    </Page>
  );
}
