import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { type ChannelView, channelsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import css from './ChannelsPage.module.css';
import { CreateChannelDialog } from './channels/CreateChannelDialog';
import { Installed } from './channels/Installed';

export default function ChannelsPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('channel.manage')}
      onClick={() => setCreating(true)}
    >
      {t`New website chat`}
    </Button>
  );
  useTitle(t`Channels`);
  return (
    <Page
      title={t`Channels`}
      description={t`How customers reach you. Each website chat has its own look, its own websites and its own key.`}
      actions={create}
    >
      {blocked('channel.view') ? <LockNote reason={blocked('channel.view')} /> : <Channels create={create} />}
      {creating && <CreateChannelDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Channels({ create }: { create: React.ReactNode }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const channels = useQuery(channelsListOptions({ path: { workspace_id: workspace } }));
  return (
    <Section title={t`Website chats`} flush>
      {channels.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : channels.isError ? (
        <ErrorState
          title={t`The channels could not be loaded`}
          error={channels.error}
          onRetry={() => void channels.refetch()}
        />
      ) : channels.data.items.length === 0 ? (
        <EmptyState
          icon={<MessagesSquare size={28} aria-hidden="true" />}
          title={t`No website chat yet`}
          action={create}
        >
          {t`Make one, put one line into your website, and visitors can write to you.`}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {channels.data.items.map((channel) => (
            <Row key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  return (
    <li>
      <Link to={paths.channel(workspace, channel.id)} className={css.channel}>
        <span className={css.swatch} style={{ '--brand': channel.settings.color }} />
        <span className={css.name}>
          <b>{channel.name}</b>
          <small>{channel.allowed_origins.map(hostOf).join(', ') || t`No website allowed yet`}</small>
        </span>
        <Installed channel={channel} />
        <ChevronRight size={16} aria-hidden="true" className={css.go} />
      </Link>
    </li>
  );
}

const hostOf = (origin: string) => origin.replace(/^https?:\/\//, '');
