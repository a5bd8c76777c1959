import { useLingui } from '@lingui/react/macro';
import type { MemberView } from '@/api';
import { Badge, cx } from '@/design';
import { When } from '@/i18n/When';
import { MemberMenu } from './MemberMenu';
import { PersonCell } from './PersonCell';
import { RoleMenu } from './RoleMenu';
import css from './Table.module.css';

/** One line for each member: who, in which role, on which seat, and when they were last here. */
export function PeopleTable({ people }: { people: MemberView[] }) {
  const { t } = useLingui();
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Role`}</th>
            <th scope="col">{t`Seat`}</th>
            <th scope="col">{t`Last active`}</th>
            <th scope="col">
              <span className="visually-hidden">{t`More`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((member) => (
            <Person key={member.id} member={member} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Person({ member }: { member: MemberView }) {
  const { t } = useLingui();
  return (
    <tr className={cx(member.status !== 'active' && css.away)}>
      <th scope="row">
        <PersonCell member={member} />
      </th>
      <td className={css.role}>
        <RoleMenu member={member} />
        {member.permission_sets.length > 0 && (
          <Badge>
            <span title={member.permission_sets.map(({ label }) => label).join(', ')}>
              {t`+${member.permission_sets.length}`}
              <span className="visually-hidden"> {t`permission sets`}</span>
            </span>
          </Badge>
        )}
      </td>
      <td className={css.seat}>
        {member.seat_type === 'full'
          ? t({ message: 'Full', context: 'seat' })
          : t({ message: 'Light', context: 'seat' })}
      </td>
      <td className={css.when}>{member.last_active_at ? <When at={member.last_active_at} /> : t`Not yet`}</td>
      <td className={css.more}>
        <MemberMenu member={member} />
      </td>
    </tr>
  );
}
