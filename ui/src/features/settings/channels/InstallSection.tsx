import { Trans, useLingui } from '@lingui/react/macro';
import type { ChannelView } from '@/api';
import { CodeBlock, Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { Installed } from './Installed';
import { widgetSnippet } from './snippet';

const END_OF_BODY = '</body>';

/** The line to put into a website, and whether it was seen there. */
export function InstallSection({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const times = useTimes();
  return (
    <Section
      title={t`Put it on your website`}
      description={
        <Trans>
          Before <code>{END_OF_BODY}</code> of every page that shall have the chat. It sets no cookies and
          loads nothing else until somebody wants to write.
        </Trans>
      }
      actions={<Installed channel={channel} />}
    >
      <CodeBlock label={t`Widget snippet`} code={widgetSnippet(location.origin, channel.public_key)} />
      <p role="status">
        {channel.last_seen_at
          ? t`Last shown on a website ${times.full(channel.last_seen_at)}.`
          : t`No website has shown it yet. This page notices when one does.`}
      </p>
    </Section>
  );
}
