import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { instanceShowOptions } from '@/api';
import { EmptyState } from '@/design';
import { DemoMail } from './DemoMail';

/** The next step is in a mail. Whether the address was known is not said. */
export function CheckMail({ email }: { email: string }) {
  const { t } = useLingui();
  const instance = useQuery(instanceShowOptions()).data;
  const keptOnServer = instance?.mail === 'local' && !instance.demo;
  return (
    <div role="status">
      <EmptyState icon={<MailCheck size={28} aria-hidden="true" />} title={t`Check your mail`}>
        <Trans>
          If all is well, a message to <b>{email}</b> is on its way. Look among the junk too.
        </Trans>
        {keptOnServer && (
          <>
            {' '}
            <Trans>This server sends no mail yet: its operator finds the message in the data folder.</Trans>
          </>
        )}
      </EmptyState>
      <DemoMail />
    </div>
  );
}
