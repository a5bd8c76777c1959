/**
 * Whether nothing holds the focus, as when what held it is gone. A closed menu or dialog gives the focus back only
 * then: Radix does it a moment after the closing, and by then a key may have opened a field that is being typed in.
 */
export const focusIsFree = () => document.activeElement === null || document.activeElement === document.body;
