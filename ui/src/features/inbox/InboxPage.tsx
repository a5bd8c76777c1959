import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTitle } from '@/app/useTitle';
import { conversationOptions, findConversation } from '@/conversations/cache';
import { pullDrafts } from '@/conversations/draftSync';
import { threadOptions } from '@/conversations/thread';
import { EmptyState, ErrorState, Kbd, Skeleton, useStore } from '@/design';
import { useMedia } from '@/design/useMedia';
import { useCommand } from '@/keyboard';
import { compactRows, profileOpen, toggle } from '@/shell/state';
import { ConversationList } from './ConversationList';
import type { RowsHandle } from './ConversationRows';
import { CustomerPane } from './CustomerPane';
import css from './InboxPage.module.css';
import { ConversationContext } from './opened';
import { useSelection } from './selection';
import { Thread } from './Thread';
import { type Inbox, useInbox } from './useInbox';
import { useInboxList } from './useInboxList';
import { usePlaceName } from './usePlaceName';

/** Neighbours are read ahead once one rests on a conversation this long. */
const READ_AHEAD_MS = 120;

export default function InboxPage() {
  const { t } = useLingui();
  const inbox = useInbox();
  const { scope, place, filter, opened } = inbox;
  const list = useInboxList(scope, filter);
  const handle = useRef<RowsHandle>(null);
  const profile = useStore(profileOpen);
  const order = list.ids;
  const selection = useSelection(JSON.stringify([scope.workspace, filter]), order);
  const at = opened ? order.indexOf(opened) : -1;
  useTitle(usePlaceName(place));
  useEffect(() => {
    // A device that is offline keeps its own until the next time.
    void pullDrafts(scope).catch(() => undefined);
  }, [scope]);
  useReadAhead(scope, order, at);

  /** Shows another row and opens it; scrolling first keeps the layout clean. */
  function move(to: number) {
    const id = order[to];
    if (!id) return false;
    handle.current?.reveal(to);
    inbox.open(id);
    return true;
  }

  /** After a conversation was dealt with: the next one, else the one before, else the list. */
  const advance = () => {
    if (!move(at + 1) && !move(at - 1)) inbox.close();
  };

  /** Selects this conversation and the one beside it, and goes on there. */
  function extend(step: 1 | -1) {
    const next = order[at + step];
    if (next) selection.add(...(opened ? [opened] : []), next);
    if (next) move(at + step);
  }

  useCommand('next', () => move(at + 1));
  useCommand('previous', () => move(Math.max(0, at - 1)));
  useCommand('select', () => {
    const id = opened ?? order[0];
    if (id) selection.toggle(id);
  });
  useCommand('selectNext', () => extend(1));
  useCommand('selectPrevious', () => extend(-1));
  useCommand('density', () => toggle(compactRows));

  return (
    <main className={css.inbox} data-open={opened !== undefined} data-profile={profile}>
      <ConversationList
        ref={handle}
        inbox={inbox}
        list={list}
        selection={selection}
        onMove={(step) => move(Math.max(0, at + step))}
      />
      {opened ? (
        <Opened key={opened} id={opened} inbox={inbox} onAdvance={advance} />
      ) : (
        <div className={css.nothing}>
          <EmptyState icon={<MessagesSquare size={30} aria-hidden="true" />} title={t`Choose a conversation`}>
            {t`Use these keys to go through the list:`} <Kbd keys="j k" />
          </EmptyState>
        </div>
      )}
    </main>
  );
}

function Opened({ id, inbox, onAdvance }: { id: string; inbox: Inbox; onAdvance: () => void }) {
  const { t } = useLingui();
  const { scope } = inbox;
  const profile = useStore(profileOpen);
  const drawer = useMedia('(max-width: 1320px)');
  const query = useQuery({
    ...conversationOptions(scope, id),
    initialData: () => findConversation(scope, id),
  });
  const conversation = query.data;

  if (!conversation) {
    return (
      <div className={css.nothing}>
        {query.isError ? (
          <ErrorState
            title={t`This conversation could not be opened`}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton lines={8} label={t`Loading the conversation`} />
        )}
      </div>
    );
  }
  return (
    <ConversationContext value={{ scope, conversation, close: inbox.close, advance: onAdvance }}>
      <Thread />
      {(profile || drawer) && <CustomerPane />}
    </ConversationContext>
  );
}

/** Reads the threads above and below ahead, so that moving on shows them at once. */
function useReadAhead(scope: Inbox['scope'], order: string[], at: number) {
  const client = useQueryClient();
  const above = order[at - 1];
  const below = order[at + 1];
  useEffect(() => {
    if (at < 0) return;
    const timer = setTimeout(() => {
      for (const id of [below, above]) {
        if (id) void client.prefetchInfiniteQuery(threadOptions(scope, id));
      }
    }, READ_AHEAD_MS);
    return () => clearTimeout(timer);
  }, [client, scope, above, below, at]);
}
