import { QueryClient, type QueryFilters } from '@tanstack/react-query';
import { asProblem } from '@/api';

/** No answer or a server at its limit is worth another try; a refusal is not. */
function worthRetrying(failures: number, error: Error): boolean {
  const status = asProblem(error)?.status ?? 500;
  return failures < 2 && (status === 0 || status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream keeps the cache current; refetching is for what it does not carry.
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: worthRetrying,
    },
    mutations: { retry: false },
  },
});

/**
 * Has queries read again because the world changed. One whose first answer is still on its way would only wait for
 * that one, which may tell of the time before: it is read once more after it.
 */
export function readAgain(filters?: QueryFilters) {
  const first = queryClient
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter((query) => query.state.data === undefined);
  void queryClient.invalidateQueries(filters);
  for (const { promise, queryKey } of first) {
    promise?.then(
      () => queryClient.invalidateQueries({ queryKey, exact: true }),
      () => undefined,
    );
  }
}
