import { useQuery } from '@tanstack/react-query';
import { conversationMergesListOptions, type MergeView } from '@/api';
import type { Scope } from './scope';

/** What became part of a conversation or was split off it, and what it became part of or goes on in, oldest first. */
export function useMerges(scope: Scope, conversation_id: string): MergeView[] | undefined {
  const path = { workspace_id: scope.workspace, conversation_id };
  const { data } = useQuery({
    ...conversationMergesListOptions({ path }),
    select: ({ items }) => items.toReversed(),
  });
  return data;
}
