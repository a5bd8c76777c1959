import { QueryClient } from '@tanstack/react-query';
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
