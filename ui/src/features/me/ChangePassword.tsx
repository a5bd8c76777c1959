import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type AccountView, passwordPutMutation, sessionsListQueryKey } from '@/api';
import { queryClient } from '@/app/queryClient';
import { Button, Section, toast } from '@/design';
import { Form, FormActions, PasswordField, secretOf } from '@/form';

export function ChangePassword({ account }: { account: AccountView }) {
  const { t } = useLingui();
  // A changed password leaves empty fields behind.
  const [round, setRound] = useState(0);
  const change = useMutation({
    ...passwordPutMutation(),
    onSuccess: () => {
      setRound((done) => done + 1);
      void queryClient.invalidateQueries({ queryKey: sessionsListQueryKey() });
      toast({ title: t`Your password is changed`, description: t`Your other sessions were ended.` });
    },
  });
  return (
    <Section title={t`Password`} description={t`Changing it ends your sessions on other devices.`}>
      <Form
        key={round}
        error={change.error}
        onSubmit={(values) =>
          change.mutate({
            body: {
              current_password: secretOf(values, 'current_password'),
              new_password: secretOf(values, 'new_password'),
            },
          })
        }
      >
        {/* Password managers look for the account's name beside the password. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        <PasswordField name="current_password" label={t`Current password`} />
        <PasswordField
          name="new_password"
          label={t`New password`}
          fresh
          about={[account.name, account.email]}
        />
        <FormActions>
          <Button type="submit" variant="primary" busy={change.isPending}>
            {t`Change password`}
          </Button>
        </FormActions>
      </Form>
    </Section>
  );
}
