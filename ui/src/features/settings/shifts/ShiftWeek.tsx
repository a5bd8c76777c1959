import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import type { ShiftView } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useTeams } from '@/conversations/teams';
import { Avatar, IconButton } from '@/design';
import { useDayNames } from '../hours/useDayNames';
import { isOvernight, weekdays } from '../hours/week';
import type { Editing } from '../ShiftsPage';
import css from './ShiftWeek.module.css';

interface Props {
  shifts: ShiftView[];
  onEdit: (editing: Editing) => void;
}

/** A line for each person, a column for each day; where there is little room a card for each person. */
export function ShiftWeek({ shifts, onEdit }: Props) {
  const { t } = useLingui();
  const dayName = useDayNames('short');
  const people = [...new Map(shifts.map(({ member }) => [member.id, member])).values()].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  );
  return (
    <div className={css.frame}>
      <table className={css.week}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            {weekdays.map((day) => (
              <th key={day} scope="col">
                {dayName(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                <span className={css.person}>
                  <Avatar name={member.name} size={24} />
                  {member.name}
                </span>
              </th>
              {weekdays.map((day) => (
                <Day
                  key={day}
                  day={day}
                  member={member}
                  shifts={shifts.filter((shift) => shift.member.id === member.id && shift.days.includes(day))}
                  onEdit={onEdit}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps extends Props {
  day: number;
  member: ShiftView['member'];
}

function Day({ day, member, shifts, onEdit }: DayProps) {
  const { t } = useLingui();
  const dayName = useDayNames()(day);
  const teams = useTeams();
  const blocked = useBlockedHere()('team.manage');
  const { name } = member;
  return (
    <td className={css.day} data-day={dayName}>
      <div className={css.shifts}>
        {shifts
          .toSorted((a, b) => a.from.localeCompare(b.from))
          .map((shift) => {
            const team = teams.find(({ id }) => id === shift.team_id)?.name;
            const hours = `${shift.from}–${shift.to}`;
            return (
              <button key={shift.id} type="button" className={css.shift} onClick={() => onEdit(shift)}>
                <span className="visually-hidden">{t`${name}, ${dayName}:`} </span>
                {hours}
                {isOvernight(shift) && <small>{t`next day`}</small>}
                {team && <small>{team}</small>}
              </button>
            );
          })}
        <IconButton
          size="s"
          className={css.add}
          label={t`Add a shift for ${name} on ${dayName}`}
          blocked={blocked}
          onClick={() => onEdit({ member: member.id, day })}
        >
          <Plus size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </td>
  );
}
