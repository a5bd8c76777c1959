import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MergeView } from '@/api';
import { useMerges } from '@/conversations/merges';
import { useModeHistory } from '@/conversations/mode';
import { useOutbox } from '@/conversations/outbox';
import { messagesOf, threadOptions } from '@/conversations/thread';
import { ErrorState, Skeleton, Spinner } from '@/design';
import { useTimes } from '@/i18n/time';
import { useCustomerTyping } from '@/realtime';
import { Dots } from './Dots';
import { MergeLine } from './dialogs';
import { toEntries } from './entries';
import { MessageItem } from './MessageItem';
import css from './Messages.module.css';
import { ModeLine, Thinking, UnsentDraft } from './ModeLine';
import { OutgoingItem } from './OutgoingItem';
import { useOpened } from './opened';

/** Older messages are read this many pixels before the top comes into sight. */
const AHEAD = 600;
/** So far from the end, news are announced instead of scrolled to. */
const NEAR_END = 120;

/**
 * The thread. The scroller runs from the end backwards: it opens at the end without measuring, and older
 * messages appear above without moving what is read. Nothing is virtualised, so the browser's find works.
 */
export function Messages() {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const query = useInfiniteQuery(threadOptions(scope, conversation.id));
  const messages = useMemo(() => messagesOf(query.data), [query.data]);
  const outgoing = useOutbox(scope, conversation.id);
  const typing = useCustomerTyping(conversation.id);
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  // Where one had stopped reading, when the conversation was opened: reading on does not move the line.
  const [readSeq] = useState(() => (conversation.unread_count > 0 ? conversation.read_seq : null));
  const history = useModeHistory(scope, conversation);
  const merges = useMerges(scope, conversation.id);
  // Of several the newest: what was split off before it comes before that.
  const before = merges?.findLast((merge) => isBefore(merge, conversation.id));
  const entries = useMemo(() => {
    const shown = messages.filter((message) => message.state !== 'withdrawn');
    const drafts = history?.drafts.filter((draft) => draft.state === 'suppressed' && draft.text) ?? [];
    const within = merges?.filter((merge) => !isBefore(merge, conversation.id)) ?? [];
    return toEntries(shown, readSeq, { changes: history?.changes ?? [], drafts, merges: within });
  }, [messages, readSeq, history, merges, conversation.id]);
  const thinking = history?.drafts.some(({ state }) => ['thinking', 'streaming', 'queued'].includes(state));
  const lastOwn = messages.findLast((message) => message.direction === 'outbound')?.seq;

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  function onScroll() {
    const element = box.current;
    if (!element) return;
    setAway(-element.scrollTop > NEAR_END);
    const toTop = element.scrollHeight - element.clientHeight + element.scrollTop;
    if (toTop < AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }

  const toEnd = () => box.current?.scrollTo({ top: 0 });

  // One's own message is always brought into sight.
  const sent = outgoing.length;
  useEffect(() => {
    if (sent > 0) box.current?.scrollTo({ top: 0 });
  }, [sent]);

  if (query.isError && messages.length === 0) {
    return (
      <div className={css.messages}>
        <ErrorState
          title={t`The messages could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  return (
    <div className={css.frame}>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div
        ref={box}
        id="messages"
        className={css.messages}
        role="log"
        aria-label={t`Messages`}
        aria-busy={query.isPending}
        tabIndex={0}
        onScroll={onScroll}
      >
        {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above. */}
        <div className={css.column}>
          {isFetchingNextPage && (
            <div className={css.older}>
              <Spinner />
              <span className="visually-hidden">{t`Loading older messages`}</span>
            </div>
          )}
          {query.isPending && <Skeleton lines={6} label={t`Loading messages`} />}
          {before && query.isSuccess && !hasNextPage && <MergeLine merge={before} />}
          {entries.map((entry) =>
            entry.kind === 'day' ? (
              <Day key={entry.key} at={entry.at} />
            ) : entry.kind === 'new' ? (
              <p key={entry.key} className={css.fresh}>
                <span>{t`New`}</span>
              </p>
            ) : entry.kind === 'mode' ? (
              <ModeLine key={entry.key} change={entry.change} />
            ) : entry.kind === 'draft' ? (
              <UnsentDraft key={entry.key} draft={entry.draft} />
            ) : entry.kind === 'merge' ? (
              <MergeLine key={entry.key} merge={entry.merge} />
            ) : (
              <MessageItem
                key={entry.key}
                message={entry.message}
                first={!hasNextPage && entry.message === messages[0]}
                last={entry.last}
                receipt={entry.message.seq === lastOwn}
              />
            ),
          )}
          {outgoing
            .filter((item) => !messages.some((message) => message.client_id === item.clientId))
            .map((item) => (
              <OutgoingItem key={item.clientId} item={item} />
            ))}
          {thinking && <Thinking />}
          {typing && (
            <p className={css.typing}>
              {t`${conversation.customer.display_name} is typing`}
              <Dots />
            </p>
          )}
        </div>
      </div>
      {away && (
        <button type="button" className={css.jump} onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {t`Latest messages`}
        </button>
      )}
    </div>
  );
}

/** What was split off lies before the first message; what else became one or two has its moment in the thread. */
const isBefore = ({ kind, target_id }: MergeView, id: string) => kind === 'split' && target_id === id;

function Day({ at }: { at: string }) {
  const times = useTimes();
  return (
    <p className={css.day}>
      <span>{times.day(at)}</span>
    </p>
  );
}
