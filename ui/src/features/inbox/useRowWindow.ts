import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows are kept ready this far beyond the edges, in pixels: fast scrolling meets no gap in either density. */
const OVERSCAN = 560;

interface Range {
  first: number;
  last: number;
}

/**
 * Which of many equally high rows to draw. Nothing is measured: one passive scroll listener and one resize
 * observer. A row with the focus stays drawn wherever one scrolls.
 */
export function useRowWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  height: number,
  kept: number,
) {
  const view = useRef({ top: 0, height: 900 });
  const [range, setRange] = useState<Range>(() => rangeAt(view.current, count, height));
  const latest = useRef({ count, height, range });
  latest.current = { count, height, range };

  const sync = useCallback(() => {
    const { count, height, range } = latest.current;
    const next = rangeAt(view.current, count, height);
    if (next.first !== range.first || next.last !== range.last) setRange(next);
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = () => {
      view.current.top = element.scrollTop;
      const { height, range } = latest.current;
      const bottom = view.current.top + view.current.height;
      const uncovered = view.current.top < range.first * height || bottom > (range.last + 1) * height;
      // An empty area must not be painted; otherwise there is time until the next frame.
      if (uncovered) flushSync(sync);
      else sync();
    };
    const resize = new ResizeObserver(([entry]) => {
      if (entry) view.current.height = entry.contentRect.height;
      sync();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    resize.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resize.disconnect();
    };
  }, [box, sync]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count or height asks for another range.
  useLayoutEffect(sync, [sync, count, height]);

  /** Scrolls just far enough to show a row. */
  const reveal = useCallback(
    (index: number) => {
      const element = box.current;
      if (!element || index < 0) return;
      const top = index * latest.current.height;
      const bottom = top + latest.current.height;
      if (top < view.current.top) element.scrollTop = top;
      else if (bottom > view.current.top + view.current.height)
        element.scrollTop = bottom - view.current.height + 8;
      else return;
      view.current.top = element.scrollTop;
      sync();
    },
    [box, sync],
  );

  const last = Math.min(range.last, count - 1);
  const indexes = Array.from({ length: Math.max(0, last - range.first + 1) }, (_, at) => range.first + at);
  if (kept >= 0 && kept < count && (kept < range.first || kept > last)) indexes.push(kept);
  return { indexes, reveal, last };
}

function rangeAt(view: { top: number; height: number }, count: number, height: number): Range {
  const extra = Math.ceil(OVERSCAN / height);
  return {
    first: Math.max(0, Math.floor(view.top / height) - extra),
    last: Math.min(count - 1, Math.ceil((view.top + view.height) / height) + extra),
  };
}
