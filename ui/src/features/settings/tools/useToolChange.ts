import { type QueryKey, useMutation } from '@tanstack/react-query';
import { queryClient } from '@/app/queryClient';

/** A change of one of several things, after which their list is read again. */
export function useToolChange<Change, Answer>(
  queryKey: QueryKey,
  change: (what: Change) => Promise<{ data: Answer }>,
  onSuccess?: (answer: Answer) => void,
) {
  return useMutation({
    mutationFn: async (what: Change) => (await change(what)).data,
    onSuccess: async (answer) => {
      await queryClient.invalidateQueries({ queryKey });
      onSuccess?.(answer);
    },
  });
}
