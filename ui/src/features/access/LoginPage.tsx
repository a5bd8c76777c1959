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
