import { useLingui } from '@lingui/react/macro';
import type { ToolScope } from '@/api';
import { useTeams } from '@/conversations/teams';

interface Scoped {
  scope: ToolScope;
  team_id: string | null;
}

/** For whom a canned response or a macro is, in words. */
export function useScopeText(): (tool: Scoped) => string {
  const { t } = useLingui();
  const teams = useTeams();
  return ({ scope, team_id }) => {
    if (scope === 'personal') return t`Only me`;
    if (scope === 'workspace') return t`Everybody`;
    return teams.find(({ id }) => id === team_id)?.name ?? t`A team`;
  };
}
