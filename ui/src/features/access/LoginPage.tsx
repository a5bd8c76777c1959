import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { instanceShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { AccessLayout } from './AccessLayout';
import { LoginForm } from './LoginForm';
import { DemoMail } from './MailHint';
import { useEnter } from './useEnter';

export default function LoginPage() {
  const { t } = useLingui();
  const { next } = useSearch({ from: '/login' });
  const enter = useEnter();
  const instance = useQuery(instanceShowOptions());
  if (instance.data?.needs_owner && instance.data.sign_up !== 'open') return <NoOwnerYet />;
  return (
    <AccessLayout
      title={t`Sign in`}
      footer={
        <>
          {instance.data?.sign_up === 'open' && (
            <p>
              <Trans>
                New here?{' '}
                <Link to={paths.signup} search={next ? { next } : {}}>
                  Create an account
                </Link>
              </Trans>
            </p>
          )}
          <DemoMail />
        </>
      }
    >
      <LoginForm onSignedIn={(me) => enter(me, next)} />
    </AccessLayout>
  );
}

/** A fresh server: whoever runs it has to come by the link. */
function NoOwnerYet() {
  const { t } = useLingui();
  return (
    <AccessLayout
      title={t`Welcome to your Guildhall`}
      description={t`Nobody owns this server yet. Open the one-time link that it printed when it started.`}
    />
  );
}
