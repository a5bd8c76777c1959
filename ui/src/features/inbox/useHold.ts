import { type RefObject, useEffect, useState } from 'react';

/** Tells when a list must keep still: scrolled down, under the pointer, or under the keyboard's focus. */
export function useHold(box: RefObject<HTMLElement | null>, hold: (held: boolean) => void) {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const held = pointer || focus || scrolled;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const stop = new AbortController();
    const options = { passive: true, signal: stop.signal };
    element.addEventListener('pointerenter', (event) => setPointer(event.pointerType === 'mouse'), options);
    element.addEventListener('pointerleave', () => setPointer(false), options);
    element.addEventListener('focusin', () => setFocus(element.matches(':has(:focus-visible)')), options);
    element.addEventListener('focusout', () => setFocus(false), options);
    element.addEventListener('scroll', () => setScrolled(element.scrollTop > 0), options);
    return () => stop.abort();
  }, [box]);

  useEffect(() => {
    hold(held);
    return () => hold(false);
  }, [hold, held]);
}
