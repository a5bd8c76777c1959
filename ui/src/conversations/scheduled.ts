import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ConversationView, scheduledMessagesList } from '@/api';
import { readAgain } from '@/app/queryClient';
import type { Scope } from './scope';

/** Those of all conversations of a workspace. */
export const scheduledKey = (workspace: string) => ['scheduled-messages', workspace] as const;

const scheduledOptions = (scope: Scope, conversation: string) =>
  queryOptions({
    queryKey: [...scheduledKey(scope.workspace), conversation],
    queryFn: async ({ signal }) => {
      const path = { workspace_id: scope.workspace, conversation_id: conversation };
      return (await scheduledMessagesList({ path, signal })).data.items;
    },
  });

/** The answers that wait for their moment. */
export function useScheduled(scope: Scope, { id }: ConversationView) {
  return useQuery(scheduledOptions(scope, id)).data;
}

/** One was added, called off or sent. */
export function rescheduled(scope: Scope, conversation: string) {
  readAgain({ queryKey: scheduledOptions(scope, conversation).queryKey });
}
