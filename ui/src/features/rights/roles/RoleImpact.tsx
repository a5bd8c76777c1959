import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type RoleView, roleImpact } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { ErrorState, Skeleton } from '@/design';
import { drafted } from '../draft';
import { ImpactCard, Moves } from '../ImpactCard';
import type { Grants } from '../reach';

/** What drafted changes mean for those who have a role. */
export function RoleImpact({ role, changes }: { role: RoleView; changes: Grants }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId(), role_key: role.key };
  const impact = useQuery({
    queryKey: ['role impact', path, role.version, changes],
    queryFn: async () => (await roleImpact({ path, body: { grants: { ...changes } } })).data,
  });
  if (impact.isPending)
    return (
      <ImpactCard label={role.label}>
        <Skeleton lines={2} label={t`Loading`} />
      </ImpactCard>
    );
  if (impact.isError)
    return (
      <ImpactCard label={role.label}>
        <ErrorState
          title={t`What it means could not be worked out`}
          error={impact.error}
          onRetry={() => void impact.refetch()}
        />
      </ImpactCard>
    );
  const { gains, losses, members_affected } = impact.data;
  const note = (
    <Plural
      value={members_affected}
      _0="Nobody is affected yet"
      one="# person affected"
      other="# people affected"
    />
  );
  return (
    <ImpactCard label={role.label} note={note}>
      <Moves gains={gains} losses={losses} before={role.grants} after={drafted(role.grants, changes)} />
    </ImpactCard>
  );
}
