import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cx } from './cx';
import { onEscape } from './escape';
import { focusIsFree } from './focus';
import { Kbd } from './Kbd';
import css from './Menu.module.css';
import { type Blocked, explainerOf, reasonOf, WhyHint } from './Why';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A menu button. It leaves the page scrollable, so it injects no style and moves no layout. */
export function Menu({ trigger, children, open, onOpenChange, align = 'start', side = 'bottom' }: MenuProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;
  const change = onOpenChange ?? setOwnOpen;
  return (
    <Radix.Root modal={false} open={shown} onOpenChange={change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Inside the main landmark, where people who move by landmarks find it. */}
      <Radix.Portal container={shown ? document.querySelector('main') : undefined}>
        <Radix.Content
          className={css.menu}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          loop
          onKeyDown={onEscape(() => change(false))}
          onCloseAutoFocus={(event) => {
            if (!focusIsFree()) event.preventDefault();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  icon?: ReactNode;
  keys?: string | undefined;
  /** A second, quieter text such as a date. */
  detail?: ReactNode;
  blocked?: Blocked | undefined;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, detail, blocked, danger = false, onSelect, children }: ItemProps) {
  return (
    <Radix.Item
      className={cx(css.item, danger && css.danger)}
      aria-disabled={blocked ? true : undefined}
      onSelect={(event) => (blocked ? refuse(event, blocked) : onSelect())}
    >
      {icon}
      <span className={css.text}>
        {children}
        {blocked && <small className={css.reason}>{reasonOf(blocked)}</small>}
      </span>
      {detail && <small className={css.detail}>{detail}</small>}
      {explainerOf(blocked) ? <WhyHint /> : keys && <Kbd keys={keys} />}
    </Radix.Item>
  );
}

/** A refused item that can explain itself does, once the menu is closed; any other leaves it open. */
function refuse(event: Event, blocked: Blocked | undefined) {
  const explain = explainerOf(blocked);
  if (explain) explain();
  else if (blocked) event.preventDefault();
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: {
    value: Value;
    label: ReactNode;
    icon?: ReactNode;
    /** A line below the label. */
    hint?: ReactNode;
    /** A second, quieter text at the end such as a count. */
    detail?: ReactNode;
    /** Why it cannot be chosen; shown in the place of the hint. */
    blocked?: Blocked | undefined;
  }[];
  onChange: (value: Value) => void;
}

/** One of several, marked with a tick. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const choose = (next: string) => {
    const option = options.find((each) => each.value === next);
    if (option && !option.blocked && next !== value) onChange(option.value);
  };
  return (
    <Radix.RadioGroup value={value} onValueChange={choose} aria-label={label}>
      <Radix.Label className={css.label}>{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={css.item}
          aria-disabled={option.blocked ? true : undefined}
          onSelect={(event) => refuse(event, option.blocked)}
        >
          {option.icon}
          <span className={css.text}>
            {option.label}
            {(option.blocked ?? option.hint) && (
              <small className={css.reason}>{reasonOf(option.blocked) ?? option.hint}</small>
            )}
          </span>
          {option.detail && <small className={css.detail}>{option.detail}</small>}
          <Tick shown={option.value === value} />
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

interface CheckProps extends Pick<ItemProps, 'icon' | 'detail' | 'blocked' | 'children'> {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One of several that each are on or off. The menu stays open for the next one. */
export function MenuCheck({ icon, detail, blocked, checked, onChange, children }: CheckProps) {
  return (
    <Radix.CheckboxItem
      className={css.item}
      checked={checked}
      aria-disabled={blocked ? true : undefined}
      onSelect={(event) => {
        if (blocked) return refuse(event, blocked);
        event.preventDefault();
        onChange(!checked);
      }}
    >
      {icon}
      <span className={css.text}>
        {children}
        {blocked && <small className={css.reason}>{reasonOf(blocked)}</small>}
      </span>
      {detail && <small className={css.detail}>{detail}</small>}
      <Tick shown={checked} />
    </Radix.CheckboxItem>
  );
}

/** Not Radix's own: that one asks for the style of everything on the page before it shows a tick. */
function Tick({ shown }: { shown: boolean }) {
  return (
    shown && (
      <span className={css.tick}>
        <Check size={14} aria-hidden="true" />
      </span>
    )
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={css.label}>{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className={css.separator} />;
}
