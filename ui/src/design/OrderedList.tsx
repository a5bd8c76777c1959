import { useLingui } from '@lingui/react/macro';
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import css from './OrderedList.module.css';
import { type Blocked, reasonOf } from './Why';

interface Props<Item> {
  /** What the list holds, for who hears it. */
  label: string;
  items: Item[];
  keyOf: (item: Item) => string;
  nameOf: (item: Item) => string;
  /** The whole list in its new order. */
  onReorder: (items: Item[]) => void;
  /** Why the order stays as it is. */
  blocked?: Blocked | undefined;
  children: (item: Item) => ReactNode;
}

/** A list in an order of one's own: each line moves by its buttons, by the arrow keys on its handle, or dragged. */
export function OrderedList<Item>(props: Props<Item>) {
  const { label, items, keyOf, nameOf, onReorder, blocked, children } = props;
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const handle = useRef<string | null>(null);

  // A line that moves in the document loses the focus that was in it.
  useLayoutEffect(() => {
    if (!handle.current) return;
    list.current?.querySelector<HTMLElement>(`[data-handle="${handle.current}"]`)?.focus();
    handle.current = null;
  });

  function move(from: number, to: number, focus?: string) {
    const item = items[from];
    if (blocked || item === undefined || to < 0 || to >= items.length || from === to) return;
    handle.current = focus ? `${keyOf(item)}-${focus}` : null;
    onReorder(items.toSpliced(from, 1).toSpliced(to, 0, item));
    const [name, place, count] = [nameOf(item), to + 1, items.length];
    setSaid(t`${name} is now ${place} of ${count}`);
  }

  function pressed(event: KeyboardEvent, at: number) {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(at, to, 'grip');
  }

  const names = {
    move(item: Item, at: number) {
      const [name, place, count] = [nameOf(item), at + 1, items.length];
      return t`Move ${name}, ${place} of ${count}`;
    },
    up(item: Item) {
      const name = nameOf(item);
      return t`Move ${name} up`;
    },
    down(item: Item) {
      const name = nameOf(item);
      return t`Move ${name} down`;
    },
  };

  return (
    <>
      <ol ref={list} className={css.list} aria-label={label}>
        {items.map((item, at) => (
          <li
            key={keyOf(item)}
            className={cx(css.item, dragged === at && css.dragged)}
            onDragOver={(event) => {
              event.preventDefault();
              if (dragged === null || dragged === at) return;
              move(dragged, at);
              setDragged(at);
            }}
          >
            <button
              type="button"
              className={css.grip}
              draggable={!blocked}
              aria-label={names.move(item, at)}
              title={reasonOf(blocked) ?? t`Drag, or press the arrow keys`}
              aria-disabled={blocked ? true : undefined}
              data-handle={`${keyOf(item)}-grip`}
              onKeyDown={(event) => pressed(event, at)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                setDragged(at);
              }}
              onDragEnd={() => setDragged(null)}
            >
              <GripVertical size={15} aria-hidden="true" />
            </button>
            <div className={css.content}>{children(item)}</div>
            <div className={css.arrows}>
              <IconButton
                size="s"
                label={names.up(item)}
                blocked={blocked ?? (at === 0 ? t`It is the first one` : undefined)}
                data-handle={`${keyOf(item)}-up`}
                onClick={() => move(at, at - 1, 'up')}
              >
                <ArrowUp size={14} aria-hidden="true" />
              </IconButton>
              <IconButton
                size="s"
                label={names.down(item)}
                blocked={blocked ?? (at === items.length - 1 ? t`It is the last one` : undefined)}
                data-handle={`${keyOf(item)}-down`}
                onClick={() => move(at, at + 1, 'down')}
              >
                <ArrowDown size={14} aria-hidden="true" />
              </IconButton>
            </div>
          </li>
        ))}
      </ol>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
