import { Plural, useLingui } from '@lingui/react/macro';
import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { paths } from '@/app/paths';
import { Spinner, useStore } from '@/design';
import { compactRows } from '@/shell/state';
import css from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import type { ListSelection } from './selection';
import { useHold } from './useHold';
import type { Inbox } from './useInbox';
import type { InboxList } from './useInboxList';
import { useRowWindow } from './useRowWindow';

export interface RowsHandle {
  reveal: (index: number) => void;
}

interface Props {
  ref: Ref<RowsHandle>;
  inbox: Inbox;
  list: InboxList;
  selection: ListSelection;
  title: string;
  onMove: (step: 1 | -1) => void;
}

const HEIGHT = { cozy: 84, compact: 52 };
/** The next page is asked for this many rows before the end. */
const AHEAD = 40;

export function ConversationRows({ ref, inbox, list, selection, title, onMove }: Props) {
  const { t } = useLingui();
  const { query, ids, waiting, hold } = list;
  const { opened, scope, place } = inbox;
  const height = useStore(compactRows) ? HEIGHT.compact : HEIGHT.cozy;
  const box = useRef<HTMLDivElement>(null);
  const openedAt = opened ? ids.indexOf(opened) : -1;
  const { indexes, reveal, last } = useRowWindow(box, ids.length, height, openedAt);
  useHold(box, hold);
  useImperativeHandle(ref, () => ({ reveal }), [reveal]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= ids.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, ids.length]);

  // A list entered by its address shows the conversation that is open.
  const entered = useRef('');
  useEffect(() => {
    if (entered.current === place || openedAt < 0) return;
    entered.current = place;
    reveal(openedAt);
  }, [place, openedAt, reveal]);

  // The focus follows the row that the arrow keys opened.
  useEffect(() => {
    if (!opened || !box.current?.contains(document.activeElement)) return;
    box.current.querySelector<HTMLElement>(`a[data-id="${opened}"]`)?.focus({ preventScroll: true });
  }, [opened]);

  /** Rows are plain links; opening them here instead of by the router's link spares a subscription each. */
  function onClick(event: MouseEvent) {
    const check = (event.target as HTMLElement).closest<HTMLElement>('[data-check]');
    if (check?.dataset.check) {
      selection.toggle(check.dataset.check, event.shiftKey);
      return;
    }
    const link = (event.target as HTMLElement).closest<HTMLElement>('a[data-id]');
    if (!link?.dataset.id || event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey) {
      if (selection.ids.size === 0 && opened) selection.add(opened);
      selection.toggle(link.dataset.id, true);
      return;
    }
    inbox.open(link.dataset.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'a' && (event.metaKey || event.ctrlKey)) selection.selectAll();
    else if (event.key === 'Escape' && selection.ids.size > 0) selection.clear();
    else return onArrow(event);
    event.preventDefault();
  }

  function onArrow(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    onMove(step);
  }

  return (
    <>
      {waiting > 0 && (
        <button type="button" className={css.waiting} onClick={() => box.current?.scrollTo({ top: 0 })}>
          <ArrowUp size={14} aria-hidden="true" />
          <Plural value={waiting} one="# new" other="# new" />
        </button>
      )}
      <div ref={box} className={css.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: only the rows in sight are drawn, so sizes and positions are given by hand. */}
        <div
          role="list"
          aria-label={title}
          className={css.rows}
          style={{ height: ids.length * height + (hasNextPage ? 64 : 24) }}
          onClick={onClick}
          onKeyDown={onKeyDown}
        >
          {indexes.map((index) => {
            const id = ids[index]!;
            const row = list.row(id);
            // Forgotten since it left the list.
            if (!row) return null;
            return (
              <ConversationRow
                key={id}
                row={row}
                href={paths.conversation(scope.workspace, place, id)}
                scope={scope}
                mine={place === 'mine'}
                index={index}
                count={hasNextPage ? -1 : ids.length}
                height={height}
                opened={index === openedAt}
                selected={selection.ids.has(id)}
                selecting={selection.ids.size > 0}
                tabbable={index === Math.max(0, openedAt)}
              />
            );
          })}
        </div>
        {isFetchingNextPage && (
          <div className={css.more} role="status">
            <Spinner />
            <span className="visually-hidden">{t`Loading more`}</span>
          </div>
        )}
      </div>
    </>
  );
}
