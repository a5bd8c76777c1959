import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type MeView, sessionCreateMutation } from '@/api';
import { paths } from '@/app/paths';
import { Button, Checkbox, Input } from '@/design';
import { Form, FormField, PasswordField, secretOf, textOf } from '@/form';
import css from '@/form/Form.module.css';

interface Props {
  /** An address that is settled already, as in an invitation. */
  email?: string;
  onSignedIn: (me: MeView) => void;
}

export function LoginForm({ email, onSignedIn }: Props) {
  const { t } = useLingui();
  const login = useMutation({ ...sessionCreateMutation(), onSuccess: onSignedIn });
  return (
    <Form
      error={login.error}
      onSubmit={(values) =>
        login.mutate({
          body: {
            email: textOf(values, 'email'),
            password: secretOf(values, 'password'),
            shared_device: values.has('shared_device'),
          },
        })
      }
    >
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
      <PasswordField name="password" label={t`Password`} />
      <Checkbox
        name="shared_device"
        label={
          <>
            {t`Others use this device too`}
            <small
              className={css.note}
            >{t`Signs you out after an hour without use, and with the browser.`}</small>
          </>
        }
      />
      <Button type="submit" variant="primary" size="l" busy={login.isPending}>
        {t`Sign in`}
      </Button>
      <Link to={paths.forgot} className={css.aside}>
        {t`Forgot your password?`}
      </Link>
    </Form>
  );
}
