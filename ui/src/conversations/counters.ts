import { type ConversationView, type CountersView, countersShowOptions } from '@/api';
import { type View, views } from '@/app/paths';
import { queryClient, readAgain } from '@/app/queryClient';
import { inView } from './filter';
import type { Scope } from './scope';

const SETTLE_MS = 400;
/** The server counts what is unread, mentioned or the AI’s up to here. */
export const MOST_COUNTED = 99;
const nameOf = (view: View) => (view === 'done' ? 'solved' : view);

export const countersOptions = (scope: Scope) =>
  countersShowOptions({ path: { workspace_id: scope.workspace } });

export const countOf = (counters: CountersView | undefined, view: View): number | undefined =>
  counters?.views[nameOf(view)];

/** Whether nobody has ever written: known only once the server has counted. */
export const isUntouched = (counters: CountersView | undefined): boolean =>
  counters !== undefined && views.every((view) => countOf(counters, view) === 0);

export function unreadOf(counters: CountersView | undefined, view: View): number {
  return view === 'all' || view === 'mine' || view === 'unassigned' ? (counters?.unread[view] ?? 0) : 0;
}

/** Moves the counts with a change of our own, before the server has counted. */
export function shiftCounters(scope: Scope, before: ConversationView, after: ConversationView) {
  queryClient.setQueryData(countersOptions(scope).queryKey, (counters) => {
    if (!counters) return counters;
    const shifted = { ...counters, views: { ...counters.views }, unread: { ...counters.unread } };
    for (const view of views) {
      const was = inView(view, before, scope.member);
      const is = inView(view, after, scope.member);
      shifted.views[nameOf(view)] += Number(is) - Number(was);
      if (view !== 'all' && view !== 'mine' && view !== 'unassigned') continue;
      const unread = Number(is && after.unread_count > 0) - Number(was && before.unread_count > 0);
      shifted.unread[view] = Math.max(0, shifted.unread[view] + unread);
    }
    return shifted;
  });
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Counts again on the server, once for a burst of changes, and time and again while they go on. */
export function recount(scope: Scope) {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    readAgain({ queryKey: countersOptions(scope).queryKey });
  }, SETTLE_MS);
}
