import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { instanceShowOptions } from '@/api';

/** In a demo no mail leaves the machine: it can be read on a page. */
export function DemoMail() {
  const url = useQuery(instanceShowOptions()).data?.demo_mail_url;
  if (!url) return null;
  return (
    <p>
      <Trans>
        This is a demo: <a href={url}>read the mail it would send</a>
      </Trans>
    </p>
  );
}

/** Where to find the mail of a server that sends none: on a page in a demo, else in the data folder. */
export function MailHint() {
  const instance = useQuery(instanceShowOptions()).data;
  if (instance?.mail !== 'local') return null;
  if (instance.demo_mail_url) return <DemoMail />;
  return (
    <p>
      <Trans>This server sends no mail yet: its operator finds the message in the data folder.</Trans>
    </p>
  );
}
