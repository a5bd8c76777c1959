import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { inboxSettingsShowOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { InboxRules } from './inbox/InboxRules';

export default function InboxSettingsPage() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('workspace.view_settings');
  const settings = useQuery({ ...inboxSettingsShowOptions({ path }), enabled: !blocked });
  useTitle(t`Inbox`);
  return (
    <Page
      title={t`Inbox`}
      description={t`How people and the AI work side by side. What you do not decide here follows the policy pack.`}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : settings.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : settings.isError ? (
        <ErrorState
          title={t`The settings could not be loaded`}
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      ) : (
        <InboxRules settings={settings.data} />
      )}
    </Page>
  );
}
