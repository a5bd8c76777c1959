import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { routingRulesListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { draftOf } from './routing/draft';
import { RulesEditor } from './routing/RulesEditor';

export default function RoutingPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('team.view');
  const rules = useQuery({
    ...routingRulesListOptions({ path: { workspace_id: useWorkspaceId() } }),
    enabled: !blocked,
  });
  useTitle(t`Routing`);
  return (
    <Page
      title={t`Routing`}
      description={t`Where a new conversation goes. The rules are tried from the top, and the first that holds decides.`}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : rules.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : rules.isError ? (
        <ErrorState
          title={t`The rules could not be loaded`}
          error={rules.error}
          onRetry={() => void rules.refetch()}
        />
      ) : (
        <RulesEditor saved={rules.data.items.map(draftOf)} otherwise={rules.data.otherwise_team_id} />
      )}
    </Page>
  );
}
