import { useLingui } from '@lingui/react/macro';
import type { TeamView } from '@/api';
import { Avatar } from '@/design';
import { type Candidate, nextTurns, type Strategy } from './preview';
import css from './StrategySection.module.css';

const TURNS = 3;

/** To whom the next three conversations would go if they came now. */
export function NextTurns({ team, strategy }: { team: TeamView; strategy: Strategy }) {
  const { t } = useLingui();
  const turns = nextTurns(strategy, candidatesOf(team), team.cursor_member_id, TURNS);
  return (
    <aside className={css.next} aria-live="polite">
      <h3>{t`The next three would go to`}</h3>
      {strategy === 'manual' ? (
        <p className={css.reason}>{t`Nobody by itself: they wait in the queue.`}</p>
      ) : turns[0]?.chosen ? (
        <ol>
          {turns.map(({ chosen }, at) => (
            <li key={at}>
              <span className={css.place}>{at + 1}</span>
              {chosen ? (
                <>
                  <Avatar name={chosen.name} size={24} />
                  {chosen.name}
                </>
              ) : (
                <span className={css.reason}>{t`the queue: everybody is full`}</span>
              )}
            </li>
          ))}
        </ol>
      ) : (
        <p className={css.reason}>
          {team.members.length === 0
            ? t`The queue: nobody is in the team yet.`
            : t`The queue: everybody is away or full.`}
        </p>
      )}
    </aside>
  );
}

const candidatesOf = (team: TeamView): Candidate[] =>
  team.members.map(({ member, capacity, load, ...each }) => ({
    id: member.id,
    name: member.name,
    eligible: each.available && each.on_shift && each.can_be_assigned,
    // Who sees their own conversations only is shown the turns as if nobody had any.
    load: load ?? 0,
    capacity: capacity ?? team.capacity,
    last_assigned_at: each.last_assigned_at,
  }));
