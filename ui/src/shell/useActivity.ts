import { useEffect } from 'react';
import { activityPut, isPreviewed } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useScope } from '@/conversations/scope';

/** At most so often the server is told; it counts in minutes. */
const TELL_MS = 60_000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Tells the server that somebody is at work here, so that they are not set away; not in a preview. */
export function useActivity() {
  const { workspace } = useScope();
  const blocked = useBlockedHere()('availability.set');
  const silent = isPreviewed(workspace) || blocked !== undefined;
  useEffect(() => {
    if (silent) return;
    let told = Number.NEGATIVE_INFINITY;
    function touched(event: Event) {
      // Under a resting pointer the page moves by itself.
      if (event instanceof PointerEvent && event.type === 'pointermove' && !hasMoved(event)) return;
      const now = performance.now();
      if (now - told < TELL_MS) return;
      told = now;
      void activityPut({ path: { workspace_id: workspace } }).catch(() => undefined);
    }
    for (const touch of TOUCHES) addEventListener(touch, touched, { capture: true, passive: true });
    return () => {
      for (const touch of TOUCHES) removeEventListener(touch, touched, { capture: true });
    };
  }, [workspace, silent]);
}

function hasMoved({ movementX, movementY }: PointerEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}
