import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { paths } from '@/app/paths';
import { useMembership } from '@/app/session';
import { useTransfers } from '@/app/transfers';
import { useTitle } from '@/app/useTitle';
import { EmptyState, ErrorState, Page, Skeleton } from '@/design';
import { Offer } from './Offer';

/** Where the mail leads that offers the workspace: accept or decline. */
export default function OwnershipPage() {
  const { t } = useLingui();
  const { workspace, is_owner } = useMembership();
  const { open, isLoading, isError, error, refetch } = useTransfers();
  useTitle(t`Ownership`);
  return (
    <main>
      <Page title={t`Ownership of ${workspace.name}`}>
        {isLoading ? (
          <Skeleton lines={4} label={t`Loading`} />
        ) : isError ? (
          <ErrorState title={t`The offer could not be loaded`} error={error} onRetry={() => void refetch()} />
        ) : open ? (
          <Offer transfer={open} />
        ) : (
          <EmptyState
            title={is_owner ? t`You own this workspace` : t`No offer is open`}
            action={<Link to={paths.settings(workspace.id)}>{t`To the settings`}</Link>}
          >
            {is_owner ? undefined : t`It was answered, taken back, or its time is over.`}
          </EmptyState>
        )}
      </Page>
    </main>
  );
}
