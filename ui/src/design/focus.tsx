import { useEffect, useState } from 'react';

/**
 * Whether nothing holds the focus, as when what held it is gone. A closed menu or dialog gives the focus back only
 * then: by that time a key may have opened a field that is being typed in.
 */
export const focusIsFree = () => document.activeElement === null || document.activeElement === document.body;

/**
 * Stands in a dialog, and gives the focus back to what had it before as soon as the dialog is gone. Radix does it a
 * moment later, when the next key may have been pressed: it would be a command instead of a letter.
 */
export function FocusBack() {
  const [before] = useState(() => lasting(document.activeElement));
  useEffect(
    () => () => {
      if (focusIsFree() && before instanceof HTMLElement) before.focus();
    },
    [before],
  );
  return null;
}

/** The button of a menu in the place of its item, which is gone when the dialog is. */
function lasting(focused: Element | null): Element | null {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : focused;
}
