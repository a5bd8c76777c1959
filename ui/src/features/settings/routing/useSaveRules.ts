import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import {
  routingRuleCreate,
  routingRuleDelete,
  routingRulesListQueryKey,
  routingRulesOrder,
  routingRuleUpdate,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { bodyOf, type RuleChanges, type RuleDraft } from './draft';

/** Brings the server's rules to what the page shows. What fails half-way is shown as the server has it. */
export function useSaveRules() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const failed = useFailure();
  return useMutation({
    mutationFn: async ({ changes, rules }: { changes: RuleChanges; rules: RuleDraft[] }) => {
      const at = (id: string) => ({ ...path, routing_rule_id: id });
      for (const id of changes.deleted) await routingRuleDelete({ path: at(id) });
      if (changes.reordered)
        await routingRulesOrder({ path, body: { ids: rules.flatMap(({ id }) => id ?? []) } });
      for (const rule of changes.updated)
        await routingRuleUpdate({ path: at(rule.id!), body: { version: rule.version, ...bodyOf(rule) } });
      // From the top, so that each place is there when its rule comes.
      for (const rule of changes.created)
        await routingRuleCreate({ path, body: { ...bodyOf(rule), position: rules.indexOf(rule) } });
    },
    onSuccess: () => toast({ title: t`Saved` }),
    onError: (error) => failed(t`Not everything is saved`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: routingRulesListQueryKey({ path }) }),
  });
}
