import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { passwordResetCompleteMutation } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { Button } from '@/design';
import { Form, PasswordField, secretOf } from '@/form';
import { AccessLayout } from './AccessLayout';
import { isDeadLink } from './links';

export default function ResetPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/reset/$token' });
  const reset = useMutation({
    ...passwordResetCompleteMutation(),
    // The server has ended every session, this browser's too.
    onSuccess: () => queryClient.clear(),
  });
  if (reset.isSuccess) {
    return (
      <AccessLayout
        title={t`Your password is changed`}
        description={t`Every session was ended. Sign in with the new password.`}
      >
        <Link to={paths.login}>{t`Sign in`}</Link>
      </AccessLayout>
    );
  }
  if (isDeadLink(reset.error)) {
    return (
      <AccessLayout
        title={t`This link is no longer good`}
        description={t`It was used already, or its time is over.`}
      >
        <Link to={paths.forgot}>{t`Send a new link`}</Link>
      </AccessLayout>
    );
  }
  return (
    <AccessLayout
      title={t`Choose a new password`}
      footer={
        <p>
          <Trans>
            Changed your mind? <Link to={paths.login}>Sign in</Link>
          </Trans>
        </p>
      }
    >
      <Form
        error={reset.error}
        onSubmit={(values) => reset.mutate({ body: { token, password: secretOf(values, 'password') } })}
      >
        <PasswordField name="password" label={t`New password`} fresh />
        <Button type="submit" variant="primary" size="l" busy={reset.isPending}>
          {t`Change password`}
        </Button>
      </Form>
    </AccessLayout>
  );
}
