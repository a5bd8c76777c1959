import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { creditsShowOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import { BalanceSection } from './credits/BalanceSection';
import { HistorySection } from './credits/HistorySection';
import { MembersSection } from './credits/MembersSection';

/** The pool of credits that everybody here shares. */
export default function CreditsPage() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blockedHere = useBlockedHere();
  const blocked = blockedHere('credit.view_balance');
  // It moves with every answer of the AI.
  const pool = useQuery({ ...creditsShowOptions({ path }), enabled: !blocked, staleTime: 0 });
  useTitle(t`Credits`);
  return (
    <Page
      title={t`Credits`}
      description={t`One pool for everybody: what is left, who used the rest, and what for.`}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : pool.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : pool.isError ? (
        <ErrorState
          title={t`The credits could not be loaded`}
          error={pool.error}
          onRetry={() => void pool.refetch()}
        />
      ) : (
        <>
          <BalanceSection pool={pool.data} />
          <MembersSection pool={pool.data} />
        </>
      )}
      {blockedHere('credit.view_ledger') === undefined && (
        <HistorySection people={pool.data?.by_member ?? []} />
      )}
    </Page>
  );
}
