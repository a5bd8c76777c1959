import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type TeamView, teamUpdate } from '@/api';
import { LockNote, RadioGroup, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { NextTurns } from './NextTurns';
import css from './StrategySection.module.css';
import { useStrategies } from './useStrategies';
import { useTeamChange } from './useTeamChange';

/** How a team gives its conversations out, and to whom the next ones would go. */
export function StrategySection({ team }: { team: TeamView }) {
  const { t } = useLingui();
  const strategies = useStrategies();
  const blocked = useBlocked()(team, 'team.manage');
  const [chosen, setChosen] = useState<TeamView['strategy'] | null>(null);
  const update = useTeamChange(
    (path, strategy: TeamView['strategy']) =>
      teamUpdate({ path: { ...path, team_id: team.id }, body: { version: team.version, strategy } }),
    t`The team is as it was`,
  );
  const shown = chosen ?? team.strategy;

  function choose(strategy: TeamView['strategy']) {
    if (blocked) return;
    setChosen(strategy);
    update.mutate(strategy, { onSettled: () => setChosen(null) });
  }

  return (
    <Section title={t`How conversations are given out`}>
      <LockNote reason={blocked} />
      <div className={css.columns}>
        <RadioGroup
          legend={t`How conversations are given out`}
          hideLegend
          name="strategy"
          value={shown}
          options={strategies}
          onChange={choose}
        />
        <NextTurns team={team} strategy={shown} />
      </div>
    </Section>
  );
}
