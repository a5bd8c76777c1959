import { useLingui } from '@lingui/react/macro';
import type { ToolScope } from '@/api';
import { useTeams } from '@/conversations/teams';
import { Field, Select } from '@/design';

export interface ScopeChoice {
  scope: ToolScope;
  team_id: string | null;
}

const TEAM = 'team:';

/** For whom it is: oneself, one of the teams, or everybody. */
export function ScopeField({
  value,
  onChange,
}: {
  value: ScopeChoice;
  onChange: (next: ScopeChoice) => void;
}) {
  const { t } = useLingui();
  const teams = useTeams();
  const chosen = value.scope === 'team' ? TEAM + value.team_id : value.scope;

  function choose(text: string) {
    if (text === 'personal' || text === 'workspace') onChange({ scope: text, team_id: null });
    else onChange({ scope: 'team', team_id: text.slice(TEAM.length) });
  }

  return (
    <Field label={t`For whom`}>
      <Select value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="personal">{t`Only me`}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={TEAM + id}>
            {name}
          </option>
        ))}
        <option value="workspace">{t`Everybody`}</option>
      </Select>
    </Field>
  );
}
