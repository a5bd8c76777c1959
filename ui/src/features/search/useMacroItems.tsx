import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { type ConversationView, macroRun, macrosListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useAct } from '@/conversations/act';
import { useScope } from '@/conversations/scope';
import { useBlocked } from '@/i18n/reason';
import type { PaletteItem } from './usePaletteItems';

/** Several actions at once, by their name. Who lacks the right to one of them is told why. */
export function useMacroItems(conversation: ConversationView | undefined): PaletteItem[] {
  const { t } = useLingui();
  const { workspace } = useScope();
  const act = useAct();
  const blocked = useBlocked();
  const unused = useBlockedHere()('canned_response.use') !== undefined;
  const { data } = useQuery({
    ...macrosListOptions({ path: { workspace_id: workspace } }),
    enabled: !unused,
    staleTime: 5 * 60_000,
  });
  if (!conversation) return [];
  const path = { workspace_id: workspace, conversation_id: conversation.id };
  return (data?.items ?? []).map((each) => {
    const missing = Object.keys(each.can)
      .filter((permission) => permission !== 'canned_response.manage')
      .find((permission) => blocked(each, permission));
    return {
      id: `macro-${each.id}`,
      label: t`Run ${each.name}`,
      icon: <Workflow size={16} />,
      blocked: missing ? blocked(each, missing) : undefined,
      run: () =>
        void act({
          conversation,
          patch: {},
          request: () => macroRun({ path, body: { macro_id: each.id, seen_seq: conversation.last_seq } }),
          done: t`Done: ${each.name}`,
        }),
    };
  });
}
