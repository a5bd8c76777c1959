import { queryOptions, useQuery } from '@tanstack/react-query';
import { type CannedResponseView, cannedResponseRender, cannedResponsesListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { type Scope, useScope } from './scope';

/** Ready answers: one's own, those of one's teams and everybody's. */
export function useCannedResponses(): CannedResponseView[] | undefined {
  const { workspace } = useScope();
  const blocked = useBlockedHere()('canned_response.use');
  const { data } = useQuery({
    ...cannedResponsesListOptions({ path: { workspace_id: workspace } }),
    enabled: blocked === undefined,
    staleTime: 5 * 60_000,
  });
  return data?.items;
}

/** A canned response as it reads for one conversation's customer. What is not known of them stays a variable. */
export function renderedOptions(scope: Scope, conversation: string, canned: CannedResponseView | undefined) {
  return queryOptions({
    queryKey: ['canned-responses', scope.workspace, canned?.id, canned?.text, conversation],
    queryFn: async () => {
      const path = { workspace_id: scope.workspace, canned_response_id: canned!.id };
      return (await cannedResponseRender({ path, body: { conversation_id: conversation } })).data.text;
    },
    enabled: canned !== undefined,
  });
}

/** Which ready answer was put into a reply that is still being written: its uses are counted when it is sent. */
const inserted = new Map<string, string>();

export function noteInserted(conversation: string, canned: string) {
  inserted.set(conversation, canned);
}

export function takeInserted(conversation: string): string | undefined {
  const canned = inserted.get(conversation);
  inserted.delete(conversation);
  return canned;
}

const VARIABLE = /\{\{\s*[\w.]+\s*\}\}/g;

/** The variables that a text still holds, and where they stand. */
export function variablesIn(text: string): { name: string; from: number; to: number }[] {
  return [...text.matchAll(VARIABLE)].map((found) => ({
    name: found[0],
    from: found.index,
    to: found.index + found[0].length,
  }));
}
