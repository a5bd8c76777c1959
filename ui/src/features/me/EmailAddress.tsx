import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { BadgeCheck, MailWarning } from 'lucide-react';
import { type AccountView, emailVerificationCreateMutation } from '@/api';
import { Badge, Button, Section } from '@/design';
import { MailHint } from '@/features/access/MailHint';
import { Form } from '@/form';
import css from './EmailAddress.module.css';

/** The address one signs in with, and whether it is proven. */
export function EmailAddress({ account }: { account: AccountView }) {
  const { t } = useLingui();
  const send = useMutation(emailVerificationCreateMutation());
  return (
    <Section title={t`E-mail address`} description={t`You sign in with it. Nobody but your team sees it.`}>
      <p className={css.address}>
        <span className={css.text}>{account.email}</span>
        {account.email_verified ? (
          <Badge tone="ok" icon={<BadgeCheck size={12} aria-hidden="true" />}>
            {t`Verified`}
          </Badge>
        ) : (
          <Badge tone="warn" icon={<MailWarning size={12} aria-hidden="true" />}>
            {t`Not verified`}
          </Badge>
        )}
      </p>
      {!account.email_verified &&
        (send.isSuccess ? (
          <div role="status" className={css.sent}>
            <p>
              <Trans>
                A message to <b>{account.email}</b> is on its way. Open the link in it.
              </Trans>
            </p>
            <MailHint />
          </div>
        ) : (
          <Form error={send.error} onSubmit={() => send.mutate({})}>
            <p>{t`Open the link in the message we sent you, so that we can reach you when you forget your password.`}</p>
            <Button type="submit" busy={send.isPending} className={css.send}>
              {t`Send the message again`}
            </Button>
          </Form>
        ))}
    </Section>
  );
}
