import { Trans, useLingui } from '@lingui/react/macro';
import { MailCheck } from 'lucide-react';
import css from './CheckMail.module.css';
import { MailHint } from './MailHint';

/** The next step is in a mail. Whether the address was known is not said. */
export function CheckMail({ email }: { email: string }) {
  const { t } = useLingui();
  return (
    <div role="status" className={css.check}>
      <MailCheck size={28} aria-hidden="true" />
      <p className={css.title}>{t`Check your mail`}</p>
      <p>
        <Trans>
          If all is well, a message to <b>{email}</b> is on its way. Look among the junk too.
        </Trans>
      </p>
      <MailHint />
    </div>
  );
}
