import { useLingui } from '@lingui/react/macro';
import { Command } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useWorkspaceId } from '@/app/session';
import { Avatar, Kbd } from '@/design';
import { onEscape } from '@/design/escape';
import { FocusBack } from '@/design/focus';
import { typedAhead } from '@/design/soon';
import { useSearchText } from '@/design/useSearchText';
import { Marked } from './Marked';
import { fold } from './marked';
import css from './Palette.module.css';
import { PaletteHits } from './PaletteHits';
import { type PaletteItem, usePaletteItems } from './usePaletteItems';

/** Everything one can do or go to, by typing a few letters of it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const [level, setLevel] = useState<PaletteItem | null>(null);
  const [committed, setCommitted] = useState(typedAhead.get);
  useEffect(() => typedAhead.set(''), []);
  const [text, setText] = useSearchText(committed, setCommitted);
  const list = useRef<HTMLDivElement>(null);
  const { selected, select, selectFirst } = useSelection(list);
  const { subject, groups } = usePaletteItems();
  const shown = useMemo(
    () => filterGroups(level ? [{ title: level.label, items: level.items ?? [] }] : groups, text),
    [groups, level, text],
  );

  function enter(item: PaletteItem) {
    if (item.items && !item.blocked) {
      setLevel(item);
      setText('');
      return;
    }
    // What comes next takes the focus from the page, and letters that follow belong into it.
    flushSync(onClose);
    if (item.blocked) item.blocked.explain?.();
    else item.run?.();
  }

  /** Goes up one level; from the highest one, out. */
  function back() {
    if (level) setLevel(null);
    else onClose();
  }

  /** Backspace in an empty field goes back too, but never out. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Backspace' && text === '' && level) back();
    onEscape(back)(event);
  }

  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className={css.backdrop} />
        <Radix.Content
          className={css.palette}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onEscapeKeyDown={(event) => {
            event.preventDefault();
            back();
          }}
        >
          <FocusBack />
          <Radix.Title className="visually-hidden">{t`Search or run a command`}</Radix.Title>
          <Command
            label={t`Search or run a command`}
            shouldFilter={false}
            loop
            value={selected}
            onValueChange={select}
          >
            <div className={css.top}>
              {(level || subject) && (
                <span className={css.subject}>
                  {subject && <Avatar name={subject} size={20} />}
                  {level ? level.label : subject}
                </span>
              )}
              <Command.Input
                className={css.input}
                autoFocus
                value={text}
                onValueChange={(next) => {
                  setText(next);
                  select('');
                }}
                placeholder={t`Type a command, a name or a word…`}
              />
            </div>
            <Command.List ref={list} className={css.list} label={t`Results`}>
              {shown.map((group) => (
                <Command.Group key={group.title} heading={group.title} className={css.group}>
                  {group.items.map((item) => (
                    <Item key={item.id} item={item} text={text} onSelect={() => enter(item)} />
                  ))}
                </Command.Group>
              ))}
              {!level && (
                <PaletteHits workspace={workspace} text={committed} onClose={onClose} onFound={selectFirst} />
              )}
              {shown.length === 0 && (level || text.trim() === '') && (
                <p className={css.empty}>{t`Nothing matches`}</p>
              )}
            </Command.List>
            <p className={css.hints} aria-hidden="true">
              <Hint keys="up down">{t`move`}</Hint>
              <Hint keys="enter">{t`run`}</Hint>
              <Hint keys="escape">{level ? t`back` : t`close`}</Hint>
            </p>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ item, text, onSelect }: { item: PaletteItem; text: string; onSelect: () => void }) {
  const { t } = useLingui();
  return (
    <Command.Item
      value={item.id}
      className={css.item}
      data-blocked={item.blocked ? true : undefined}
      onSelect={onSelect}
    >
      {item.icon}
      <span className={css.label}>
        <Marked text={item.label} words={text} />
        {item.blocked && <small>{item.blocked.reason}</small>}
      </span>
      {item.detail && <small className={css.detail}>{item.detail}</small>}
      {item.blocked ? <small className={css.detail}>{t`Why?`}</small> : item.keys && <Kbd keys={item.keys} />}
    </Command.Item>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span className={css.hint}>
      <Kbd keys={keys} />
      {children}
    </span>
  );
}

/** The selected item. Results that arrive take the selection to the top again, unless an arrow key moved it. */
function useSelection(list: RefObject<HTMLElement | null>) {
  const [selected, setSelected] = useState('');
  const selectFirst = useCallback(() => {
    const first = list.current?.querySelector('[cmdk-item]:not([data-disabled="true"])');
    setSelected(first?.getAttribute('data-value') ?? '');
  }, [list]);
  return { selected, select: setSelected, selectFirst };
}

/** Keeps the items in which every typed word begins some word. */
function filterGroups(groups: { title: string; items: PaletteItem[] }[], text: string) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const fits = (item: PaletteItem) => {
    const own = fold(item.label).split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  };
  return groups
    .map((group) => ({ ...group, items: group.items.filter(fits) }))
    .filter((group) => group.items.length > 0);
}
