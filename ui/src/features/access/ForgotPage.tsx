import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { passwordResetCreateMutation } from '@/api';
import { paths } from '@/app/paths';
import { Button, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { AccessLayout } from './AccessLayout';
import { CheckMail } from './CheckMail';

export default function ForgotPage() {
  const { t } = useLingui();
  const ask = useMutation(passwordResetCreateMutation());
  return (
    <AccessLayout
      title={t`Reset your password`}
      description={ask.isSuccess ? undefined : t`We send a link that is good for 30 minutes.`}
      footer={<Link to={paths.login}>{t`Back to sign-in`}</Link>}
    >
      {ask.isSuccess ? (
        <CheckMail email={ask.variables.body.email} />
      ) : (
        <Form
          error={ask.error}
          onSubmit={(values) => ask.mutate({ body: { email: textOf(values, 'email') } })}
        >
          <FormField name="email" label={t`E-mail`}>
            <Input name="email" type="email" autoComplete="username" required />
          </FormField>
          <Button type="submit" variant="primary" size="l" busy={ask.isPending}>
            {t`Send the link`}
          </Button>
        </Form>
      )}
    </AccessLayout>
  );
}
