import type { KeyboardEvent } from 'react';

/**
 * What closes at Escape hears of it here when a message has come since it opened: the newest layer hears of it first,
 * keeps it to itself, and what is around would close instead.
 */
export const onEscape = (close: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  close();
};
