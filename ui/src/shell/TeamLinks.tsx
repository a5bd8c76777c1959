import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { paths } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { countersOptions } from '@/conversations/counters';
import { useScope } from '@/conversations/scope';
import { useTeams } from '@/conversations/teams';
import { useNumber } from '@/i18n/useNumber';
import css from './Rail.module.css';
import { RailLink } from './RailLink';

/** The queues of the teams, with how much waits in each. */
export function TeamLinks() {
  const { t } = useLingui();
  const number = useNumber();
  const scope = useScope();
  const teams = useTeams();
  const blocked = useBlockedHere()('conversation.view');
  const { data } = useQuery({ ...countersOptions(scope), enabled: !blocked });
  if (blocked || teams.length === 0) return null;
  const waiting = new Map(data?.teams.map(({ team_id, open_unassigned }) => [team_id, open_unassigned]));
  return (
    <>
      <h2 className={css.group}>{t`Teams`}</h2>
      {teams.map(({ id, name }) => {
        const count = waiting.get(id);
        return (
          <RailLink key={id} to={paths.inbox(scope.workspace, `team.${id}`)} icon={UsersRound} label={name}>
            {!!count && (
              <span className={css.count}>
                {number(count)}
                <span className="visually-hidden"> {t`waiting`}</span>
              </span>
            )}
          </RailLink>
        );
      })}
    </>
  );
}
