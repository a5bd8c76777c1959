import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { emailVerificationComplete } from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { ErrorState, Skeleton } from '@/design';
import { AccessLayout } from './AccessLayout';
import { isDeadLink } from './links';

export default function VerifyPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/verify/$token' });
  const verification = useQuery({
    queryKey: ['email-verification', token],
    queryFn: async () => {
      await emailVerificationComplete({ body: { token } });
      void queryClient.invalidateQueries({ queryKey: meOptions.queryKey });
      void queryClient.invalidateQueries({ queryKey: [{ _id: 'onboardingShow' }] });
      return true;
    },
    // A token works once: a second try would only report that.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (verification.isSuccess) {
    return (
      <AccessLayout title={t`Your address is verified`} description={t`That is all. You can go on.`}>
        <Link to="/">{t`Continue`}</Link>
      </AccessLayout>
    );
  }
  if (isDeadLink(verification.error)) {
    return (
      <AccessLayout
        title={t`This link is no longer good`}
        description={t`It was used already, or its time is over. Your profile offers a new one.`}
      >
        <Link to="/me/profile">{t`Go to your profile`}</Link>
      </AccessLayout>
    );
  }
  return (
    <AccessLayout title={t`Verifying your address`}>
      {verification.isError ? (
        <ErrorState
          title={t`The address could not be verified`}
          error={verification.error}
          onRetry={() => verification.refetch()}
        />
      ) : (
        <Skeleton label={t`Loading`} lines={1} />
      )}
    </AccessLayout>
  );
}
