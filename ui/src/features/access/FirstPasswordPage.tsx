import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { meShow, passwordPut } from '@/api';
import { useMe } from '@/app/session';
import { Button } from '@/design';
import { Form, PasswordField, secretOf } from '@/form';
import { AccessLayout } from './AccessLayout';
import { SignOut } from './SignOut';
import { useEnter } from './useEnter';

/** Who signs in with a password that somebody else knows chooses their own before anything else (SEC-006). */
export default function FirstPasswordPage() {
  const { t } = useLingui();
  const { account } = useMe();
  const { next } = useSearch({ from: '/member/first-password' });
  const enter = useEnter();
  const change = useMutation({
    mutationFn: async (values: FormData) => {
      const current_password = secretOf(values, 'current_password');
      await passwordPut({ body: { current_password, new_password: secretOf(values, 'new_password') } });
      return (await meShow()).data;
    },
    onSuccess: (me) => enter(me, next),
  });
  return (
    <AccessLayout
      title={t`Choose your own password`}
      description={t`Welcome, ${account.name}. A colleague made this account and knows its first password. Replace it, and the door is open.`}
      footer={
        <p>
          {t`Signed in as ${account.email}`}
          {' · '}
          <SignOut />
        </p>
      }
    >
      <Form error={change.error} onSubmit={(values) => change.mutate(values)}>
        {/* Password managers look for the account's name beside the password. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        <PasswordField name="current_password" label={t`The password you were given`} />
        <PasswordField
          name="new_password"
          label={t`Your new password`}
          fresh
          about={[account.name, account.email]}
        />
        <Button type="submit" variant="primary" size="l" busy={change.isPending}>
          {t`Save and go on`}
        </Button>
      </Form>
    </AccessLayout>
  );
}
