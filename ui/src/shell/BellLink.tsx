import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { countOptions } from '@/features/notifications/notifications';
import css from './Rail.module.css';
import { RailLink } from './RailLink';

/** Above it the server says "many". */
const MOST = 99;

/** The notifications of the person here, with how many are unread. */
export function BellLink() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const unread = useQuery(countOptions(workspace)).data?.unread ?? 0;
  return (
    <RailLink to={paths.notifications(workspace)} icon={Bell} label={t`Notifications`}>
      {unread > 0 && (
        <span className={css.unread}>
          {unread > MOST ? `${MOST}+` : unread}
          <span className="visually-hidden"> {t`unread`}</span>
        </span>
      )}
    </RailLink>
  );
}
