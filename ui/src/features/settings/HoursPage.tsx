import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { businessHoursShowOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { HoursForm } from './hours/HoursForm';

export default function HoursPage() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('workspace.view_settings');
  const hours = useQuery({ ...businessHoursShowOptions({ path }), enabled: !blocked });
  useTitle(t`Business hours`);
  return (
    <Page
      title={t`Business hours`}
      description={t`When you answer. Routing rules, the AI and the chat on your website go by them.`}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : hours.isPending ? (
        <Skeleton lines={10} label={t`Loading`} />
      ) : hours.isError ? (
        <ErrorState
          title={t`The business hours could not be loaded`}
          error={hours.error}
          onRetry={() => void hours.refetch()}
        />
      ) : (
        <HoursForm hours={hours.data} />
      )}
    </Page>
  );
}
