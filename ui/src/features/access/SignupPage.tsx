import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { instanceShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { ErrorState, Skeleton } from '@/design';
import { AccessLayout } from './AccessLayout';
import { AccountForm } from './AccountForm';
import { useEnter } from './useEnter';

export default function SignupPage() {
  const { t } = useLingui();
  const { next } = useSearch({ from: '/signup' });
  return (
    <AccessLayout
      title={t`Create an account`}
      footer={
        <p>
          <Trans>
            Have one already?{' '}
            <Link to={paths.login} search={next ? { next } : {}}>
              Sign in
            </Link>
          </Trans>
        </p>
      }
    >
      <Door next={next} />
    </AccessLayout>
  );
}

/** The form, or why this server offers none. */
function Door({ next }: { next: string | undefined }) {
  const { t } = useLingui();
  const enter = useEnter();
  const instance = useQuery(instanceShowOptions());
  if (instance.isPending) return <Skeleton label={t`Loading`} lines={4} />;
  if (instance.isError) {
    return (
      <ErrorState
        title={t`Sign-up could not be loaded`}
        error={instance.error}
        onRetry={() => instance.refetch()}
      />
    );
  }
  const { sign_up, needs_owner } = instance.data;
  if (sign_up === 'open') {
    return <AccountForm submit={t`Create account`} next={next} onSignedIn={(me) => enter(me, next)} />;
  }
  if (needs_owner) {
    return <p>{t`Nobody owns this server yet. Open the one-time link that it printed when it started.`}</p>;
  }
  return (
    <p>
      {sign_up === 'invited'
        ? t`On this server one joins by invitation. Ask the owner or an admin of your workspace for one.`
        : t`This server takes no new accounts.`}
    </p>
  );
}
