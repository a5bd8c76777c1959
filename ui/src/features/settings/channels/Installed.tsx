import { useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleDashed } from 'lucide-react';
import type { ChannelView } from '@/api';
import { Badge } from '@/design';

/** Whether a website has shown the chat, as the server noticed. */
export function Installed({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  return channel.last_seen_at ? (
    <Badge tone="ok" icon={<CircleCheck size={12} aria-hidden="true" />}>
      {t`Installed`}
    </Badge>
  ) : (
    <Badge icon={<CircleDashed size={12} aria-hidden="true" />}>{t`Not installed yet`}</Badge>
  );
}
