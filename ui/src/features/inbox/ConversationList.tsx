import { useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import type { Ref } from 'react';
import { useBlockedHere } from '@/app/session';
import { EmptyState, ErrorState, Skeleton, useStore, WhyButton } from '@/design';
import { compactRows } from '@/shell/state';
import { running } from './bulk';
import css from './ConversationList.module.css';
import { ConversationRows, type RowsHandle } from './ConversationRows';
import { BulkBar, BulkProgress } from './dialogs';
import { EmptyList } from './EmptyList';
import { ListHeader } from './ListHeader';
import type { ListSelection } from './selection';
import type { Inbox } from './useInbox';
import type { InboxList } from './useInboxList';
import { usePlaceName } from './usePlaceName';

interface Props {
  ref: Ref<RowsHandle>;
  inbox: Inbox;
  list: InboxList;
  selection: ListSelection;
  onMove: (step: 1 | -1) => void;
}

export function ConversationList({ ref, inbox, list, selection, onMove }: Props) {
  const compact = useStore(compactRows);
  const busy = useStore(running).length > 0;
  const title = usePlaceName(inbox.place);
  return (
    <section className={css.list} data-density={compact ? 'compact' : 'cozy'} aria-label={title}>
      <ListHeader inbox={inbox} selection={selection} loaded={list.ids.length} />
      {list.ids.length > 0 ? (
        <ConversationRows
          ref={ref}
          inbox={inbox}
          list={list}
          selection={selection}
          title={title}
          onMove={onMove}
        />
      ) : (
        <NoRows inbox={inbox} list={list} />
      )}
      {busy && <BulkProgress scope={inbox.scope} />}
      {selection.ids.size > 0 && (
        <BulkBar inbox={inbox} selection={selection} loaded={list.ids.length} more={list.query.hasNextPage} />
      )}
    </section>
  );
}

function NoRows({ inbox, list: { query } }: Pick<Props, 'inbox' | 'list'>) {
  const { t } = useLingui();
  const blocked = useBlockedHere()('conversation.view');
  if (blocked)
    return (
      <EmptyState
        icon={<Lock size={28} aria-hidden="true" />}
        title={t`You do not see conversations`}
        action={<WhyButton blocked={blocked} />}
      >
        {blocked.reason}
      </EmptyState>
    );
  if (query.isPending) return <Skeleton lines={12} label={t`Loading conversations`} />;
  if (!query.isError) return <EmptyList inbox={inbox} />;
  return (
    <ErrorState
      title={t`The list could not be loaded`}
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  );
}
