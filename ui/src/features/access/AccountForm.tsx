import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type AccountCreate, accountCreateMutation, type MeView } from '@/api';
import { paths } from '@/app/paths';
import { Button, Input } from '@/design';
import { Form, FormField, PasswordField, secretOf, textOf } from '@/form';
import type { Locale } from '@/i18n';
import { CheckMail } from './CheckMail';

interface Props {
  /** An address that is settled already, as in an invitation. */
  email?: string;
  /** The one-time token that allows this account, when sign-up alone would not. */
  token?: Pick<AccountCreate, 'setup_token' | 'invitation_token'>;
  submit: string;
  /** Where a person who has an account already goes on after signing in. */
  next?: string | undefined;
  onSignedIn: (me: MeView) => void;
}

export function AccountForm({ email, token, submit, next, onSignedIn }: Props) {
  const { t, i18n } = useLingui();
  const [about, setAbout] = useState(email ? [email] : []);
  const signUp = useMutation({
    ...accountCreateMutation(),
    onSuccess: (answer) => 'account' in answer && onSignedIn(answer),
  });
  if (signUp.data && 'status' in signUp.data) return <CheckMail email={signUp.variables.body.email} />;

  const send = (values: FormData) =>
    signUp.mutate({
      body: {
        name: textOf(values, 'name'),
        email: textOf(values, 'email'),
        password: secretOf(values, 'password'),
        locale: i18n.locale as Locale,
        ...token,
      },
    });
  return (
    <Form
      error={signUp.error}
      messages={{
        'account.exists': (
          <Trans>
            There is an account with this address.{' '}
            <Link to={paths.login} search={next ? { next } : {}}>
              Sign in instead
            </Link>
          </Trans>
        ),
      }}
      onSubmit={send}
      onChange={(values) => setAbout([textOf(values, 'name'), textOf(values, 'email')])}
    >
      <FormField name="name" label={t`Your name`}>
        <Input name="name" autoComplete="name" required />
      </FormField>
      <FormField name="email" label={t`E-mail`}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          readOnly={email !== undefined}
          required
        />
      </FormField>
      <PasswordField name="password" label={t`Password`} fresh about={about} />
      <Button type="submit" variant="primary" size="l" busy={signUp.isPending}>
        {submit}
      </Button>
    </Form>
  );
}
