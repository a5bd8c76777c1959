import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { policyPackShowOptions, policyPacksListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { CurrentPack } from './CurrentPack';
import { OtherPacks } from './OtherPacks';
import { SwitchPack } from './SwitchPack';

export default function PolicyPackPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('role.view');
  useTitle(t`Policy pack`);
  return (
    <Page
      title={t`Policy pack`}
      description={t`The built-in roles and the rules of this workspace, as one set. Your own roles and permission sets stay whatever the pack.`}
    >
      {blocked ? <LockNote reason={blocked} /> : <Packs />}
    </Page>
  );
}

function Packs() {
  const { t } = useLingui();
  const current = useQuery(policyPackShowOptions({ path: { workspace_id: useWorkspaceId() } }));
  const packs = useQuery(policyPacksListOptions());
  const { to } = useSearch({ from: '/w/$workspace/settings/policy-pack' });
  if (current.isPending || packs.isPending) return <Skeleton lines={10} label={t`Loading`} />;
  if (current.isError || packs.isError)
    return (
      <ErrorState
        title={t`The policy pack could not be loaded`}
        error={current.error ?? packs.error}
        onRetry={() => {
          void current.refetch();
          void packs.refetch();
        }}
      />
    );
  const { items } = packs.data;
  const chosen = items.find(({ id }) => id === to && id !== current.data.id);
  const roles = items.find(({ id }) => id === current.data.id)?.roles ?? [];
  if (chosen) return <SwitchPack key={chosen.id} from={current.data} roles={roles} to={chosen} />;
  return (
    <>
      <CurrentPack pack={current.data} roles={roles} />
      <OtherPacks packs={items.filter(({ id }) => id !== current.data.id)} />
    </>
  );
}
