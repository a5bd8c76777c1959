import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { type ConversationView, modeShow } from '@/api';
import type { Scope } from './scope';

/** What the AI writes is told by no event. */
const LOOK_MS = 1000;

const modeOptions = (scope: Scope, { id, mode_epoch, last_seq }: ConversationView) =>
  queryOptions({
    // Every change of mode and every message may end a draft of the AI or begin one.
    queryKey: ['mode', scope.workspace, id, mode_epoch, last_seq],
    queryFn: async ({ signal }) => {
      const path = { workspace_id: scope.workspace, conversation_id: id };
      return (await modeShow({ path, signal })).data;
    },
  });

/** Who answered when, and what the AI wrote that never went out. */
export function useModeHistory(scope: Scope, conversation: ConversationView) {
  const { data } = useQuery({
    ...modeOptions(scope, conversation),
    enabled: conversation.ai_answers,
    placeholderData: keepPreviousData,
    refetchInterval: conversation.mode === 'ai' && conversation.waiting_since !== null && LOOK_MS,
  });
  return data;
}
