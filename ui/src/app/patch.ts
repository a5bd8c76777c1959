import type { InferDataFromTag, Query, QueryKey } from '@tanstack/react-query';
import { queryClient, readAgain } from './queryClient';

type Change<Data> = (data: Data | undefined) => Data | undefined;

/** What was changed here while an answer was on its way, by that answer. */
const meanwhile = new WeakMap<Promise<unknown>, Change<unknown>[]>();

/**
 * Changes what is known under a key. An answer on its way may tell of the time before, or of the time after: when it
 * comes it is changed `again`, which leaves alone what is as new as the change.
 */
export function patch<Data = unknown, Key extends QueryKey = QueryKey>(
  queryKey: Key,
  change: Change<InferDataFromTag<Data, Key>>,
  again = change,
) {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  apply(queryKey, query, change as Change<unknown>);
  const answer = query?.state.fetchStatus === 'idle' ? undefined : query?.promise;
  if (answer) meanwhile.set(answer, [...(meanwhile.get(answer) ?? []), again as Change<unknown>]);
}

/** Takes in an answer. Nothing says whether another one on its way is newer, so that one is asked for once more. */
export function takeIn<Data = unknown, Key extends QueryKey = QueryKey>(
  queryKey: Key,
  data: InferDataFromTag<Data, Key>,
) {
  const reading = queryClient.isFetching({ queryKey, exact: true }) > 0;
  queryClient.setQueryData<unknown>(queryKey, data);
  if (reading) readAgain({ queryKey, exact: true });
}

function apply(queryKey: QueryKey, query: Query | undefined, change: Change<unknown>) {
  const stale = query?.state.isInvalidated;
  queryClient.setQueryData(queryKey, change);
  // What has to be read again still has to: one change does not make up for those that were missed.
  if (stale) query?.invalidate();
}

queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return;
  const { query } = event;
  const changes = query.promise && meanwhile.get(query.promise);
  for (const change of changes ?? []) apply(query.queryKey, query, change);
});
