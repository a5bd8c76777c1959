import { type ReactNode, type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { Kbd } from '@/design';
import css from './Suggestions.module.css';

interface Option {
  id: string;
  content: ReactNode;
  choose: () => void;
}

interface Props {
  title: string;
  options: Option[];
  /** What stands there without options. */
  empty?: ReactNode;
  field: RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
}

const LIST = 'suggestions';
const idOf = (option: Option) => `${LIST}-${option.id}`;

/** A list over a text field, which keeps the focus: arrows move, Enter or Tab choose, Escape closes. */
export function Suggestions({ title, options, empty, field, onClose }: Props) {
  const [wanted, setWanted] = useState<string>();
  const at = Math.max(
    0,
    options.findIndex((option) => option.id === wanted),
  );
  const active = options[at];

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.metaKey || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) setWanted(options.at((at + step) % options.length)?.id);
    else if (active && (event.key === 'Enter' || event.key === 'Tab')) active.choose();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  useEffect(() => {
    const element = field.current;
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [field]);

  const activeId = active && idOf(active);
  useEffect(() => {
    const element = field.current;
    // The field is another component's, which has nothing else to draw when an arrow key is pressed.
    element?.setAttribute('aria-controls', LIST);
    if (activeId) element?.setAttribute('aria-activedescendant', activeId);
    document.getElementById(activeId ?? '')?.scrollIntoView({ block: 'nearest' });
    return () => {
      element?.removeAttribute('aria-controls');
      element?.removeAttribute('aria-activedescendant');
    };
  }, [field, activeId]);

  if (options.length === 0 && !empty) return null;
  return (
    <div className={css.popup}>
      <p className={css.title} aria-hidden="true">
        {title}
        <Kbd keys="up down enter" />
      </p>
      {options.length === 0 && <p className={css.empty}>{empty}</p>}
      <div id={LIST} role="listbox" aria-label={title} className={css.list}>
        {options.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field.
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
          <div
            key={option.id}
            id={idOf(option)}
            role="option"
            aria-selected={option === active}
            className={css.option}
            onPointerDown={(event) => event.preventDefault()}
            onClick={option.choose}
          >
            {option.content}
          </div>
        ))}
      </div>
    </div>
  );
}
