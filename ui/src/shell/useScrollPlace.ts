import { useLocation } from '@tanstack/react-router';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect } from 'react';

/** How far each visited page was scrolled, by its place in the history. */
const places = new Map<string, number>();

/**
 * Begins a new page at its top, and goes back to where one was on one that was visited before (R19). `inside` is
 * anything in the box that scrolls.
 */
export function useScrollPlace(inside: RefObject<HTMLElement | null>) {
  const { pathname, state } = useLocation();
  const box = () => inside.current?.closest<HTMLElement>('#main');
  const begin = useEffectEvent((_page: string) => {
    const element = box();
    if (element) element.scrollTop = places.get(state.__TSR_key ?? '') ?? 0;
  });
  const note = useEffectEvent(() => void places.set(state.__TSR_key ?? '', box()?.scrollTop ?? 0));

  // A dialog or a filter in the address is no other page.
  useLayoutEffect(() => begin(pathname), [pathname]);
  useEffect(() => {
    const element = inside.current?.closest('#main');
    element?.addEventListener('scroll', note, { passive: true });
    return () => element?.removeEventListener('scroll', note);
  }, [inside]);
}
