import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { channelShowOptions, onboardingShowQueryKey } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import css from './ChannelPage.module.css';
import { ChannelForm } from './channels/ChannelForm';
import { IdentitySection } from './channels/IdentitySection';
import { InstallSection } from './channels/InstallSection';

/** Until a website has shown the chat, this page looks whether one does. */
const LOOK_MS = 5000;

export default function ChannelPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { channel: id } = useParams({ from: '/w/$workspace/settings/channels/$channel' });
  const blocked = useBlockedHere()('channel.view');
  const channel = useQuery({
    ...channelShowOptions({ path: { workspace_id: workspace, channel_id: id } }),
    enabled: !blocked,
    refetchInterval: (query) => (query.state.data && !query.state.data.last_seen_at ? LOOK_MS : false),
  });
  const seen = !!channel.data?.last_seen_at;
  // No event tells of it: a page that shows the chat changes nothing for anybody else.
  useEffect(() => {
    const path = { workspace_id: workspace };
    if (seen) void queryClient.invalidateQueries({ queryKey: onboardingShowQueryKey({ path }) });
  }, [seen, workspace]);
  const name = channel.data?.name ?? t`Website chat`;
  useTitle(name);
  return (
    <Page
      wide
      title={name}
      back={
        <Link to={paths.settings(workspace, 'channels')} className={css.back}>
          <ArrowLeft size={15} aria-hidden="true" />
          {t`Channels`}
        </Link>
      }
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : channel.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : channel.isError && !channel.data ? (
        <ErrorState
          title={t`The channel could not be loaded`}
          error={channel.error}
          onRetry={() => void channel.refetch()}
        />
      ) : (
        <>
          <InstallSection channel={channel.data} />
          <ChannelForm key={id} channel={channel.data} />
          <IdentitySection channel={channel.data} />
        </>
      )}
    </Page>
  );
}
