import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { MemberView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Avatar } from '@/design';
import { Standing } from './Standing';
import css from './Table.module.css';

/** The face, the name that leads to the person's page, the address and what is special about them. */
export function PersonCell({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  return (
    <span className={css.person}>
      <Avatar name={member.name} size={36} light={member.seat_type === 'collaborator'} />
      <span className={css.who}>
        <span className={css.name}>
          <Link to={paths.member(workspace, member.id)} className={css.link}>
            {member.name}
          </Link>
          {member.is_me && <span className={css.me}>{t`(you)`}</span>}
          <Standing member={member} />
        </span>
        <small>{member.email}</small>
      </span>
    </span>
  );
}
