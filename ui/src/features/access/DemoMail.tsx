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
