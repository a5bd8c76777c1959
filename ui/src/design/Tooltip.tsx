import { Tooltip as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Kbd } from './Kbd';
import css from './Tooltip.module.css';
import { type Blocked, explainerOf, reasonOf, WhyHint } from './Why';

export const TooltipProvider = Radix.Provider;

interface Props {
  /** Without one the child stands alone. */
  text: Blocked | undefined;
  keys?: string | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

export function Tooltip({ text, keys, side = 'top', children }: Props) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  if (!text) return children;
  return (
    <Radix.Root onOpenChange={(open) => open && setPlace(landmark())}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content className={css.content} side={side} sideOffset={6} collisionPadding={8}>
          {reasonOf(text)}
          {explainerOf(text) && <WhyHint />}
          {keys && <Kbd keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Where people who move by landmarks find it: in the page, unless a dialog lies over it. */
function landmark() {
  return document.querySelector('[role=dialog]') ? document.body : document.querySelector('main');
}
