import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { instanceShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { AccessLayout } from './AccessLayout';
import { AccountForm } from './AccountForm';
import { useEnter } from './useEnter';

export default function SetupPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/setup/$token' });
  const enter = useEnter();
  const owned = useQuery(instanceShowOptions()).data?.needs_owner === false;
  if (owned) {
    return (
      <AccessLayout title={t`This server has an owner`} description={t`The one-time link was used already.`}>
        <Link to={paths.login}>{t`Sign in`}</Link>
      </AccessLayout>
    );
  }
  return (
    <AccessLayout
      title={t`Welcome to your Guildhall`}
      description={t`Make the owner’s account. Everything else can be changed later.`}
    >
      <AccountForm token={{ setup_token: token }} submit={t`Create the owner’s account`} onSignedIn={enter} />
    </AccessLayout>
  );
}
