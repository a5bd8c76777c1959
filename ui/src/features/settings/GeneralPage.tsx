import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { workspaceShowOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import { DeleteSection } from './workspace/DeleteSection';
import { LeaveSection } from './workspace/LeaveSection';
import { OwnershipSection } from './workspace/OwnershipSection';
import { RenameForm } from './workspace/RenameForm';

export default function GeneralPage() {
  const { t } = useLingui();
  useTitle(t`General`);
  return (
    <Page
      title={t`General`}
      description={t`What this workspace is called, whom it belongs to, and how one goes.`}
    >
      <Workspace />
      <OwnershipSection />
      <LeaveSection />
      <DeleteSection />
    </Page>
  );
}

function Workspace() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('workspace.view_settings');
  const workspace = useQuery({
    ...workspaceShowOptions({ path: { workspace_id: useWorkspaceId() } }),
    enabled: !blocked,
  });
  return (
    <Section title={t`Workspace`}>
      {blocked ? (
        <LockNote reason={blocked} />
      ) : workspace.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : workspace.isError ? (
        <ErrorState
          title={t`The settings could not be loaded`}
          error={workspace.error}
          onRetry={() => void workspace.refetch()}
        />
      ) : (
        <RenameForm workspace={workspace.data} />
      )}
    </Section>
  );
}
