import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import {
  ArrowLeftRight,
  Bell,
  Inbox,
  ListChecks,
  Menu as MenuIcon,
  Search,
  Settings,
  Users,
} from 'lucide-react';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useTeams } from '@/conversations/teams';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { countOptions } from '@/features/notifications/notifications';
import { useNumber } from '@/i18n/useNumber';
import { MeMenuItems } from './MeMenu';
import css from './Tabs.module.css';

/** The navigation of phones. A thread takes the whole screen, so it hides there. */
export function Tabs() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const number = useNumber();
  const unread = useQuery(countOptions(workspace)).data?.unread ?? 0;
  const teams = useTeams();
  const path = useLocation({ select: (location) => location.pathname });
  const [, , , section, , conversation] = path.split('/');
  if (section === 'inbox' && conversation) return null;
  const tabs = [
    { key: 'inbox', to: paths.inbox(workspace), icon: Inbox, label: t`Inbox` },
    { key: 'customers', to: paths.customers(workspace), icon: Users, label: t`Customers` },
    { key: 'search', to: paths.search(workspace), icon: Search, label: t`Search` },
    { key: 'settings', to: paths.settings(workspace), icon: Settings, label: t`Settings` },
  ];
  return (
    <nav className={css.tabs} aria-label={t`Main`}>
      {tabs.map(({ key, to, icon: Icon, label }) => (
        <Link key={key} to={to} className={css.tab} aria-current={section === key ? 'page' : undefined}>
          <Icon size={20} aria-hidden="true" />
          {label}
        </Link>
      ))}
      <Menu
        side="top"
        align="end"
        trigger={
          <button type="button" className={css.tab}>
            <MenuIcon size={20} aria-hidden="true" />
            {t`More`}
          </button>
        }
      >
        <MenuItem
          icon={<ArrowLeftRight size={15} />}
          onSelect={() => void navigate({ to: paths.workspaces })}
        >
          {t`Workspaces`}
        </MenuItem>
        <MenuItem
          icon={<Bell size={15} />}
          detail={unread > 0 ? number(unread) : undefined}
          onSelect={() => void navigate({ to: paths.notifications(workspace) })}
        >
          {t`Notifications`}
        </MenuItem>
        <MenuItem
          icon={<ListChecks size={15} />}
          onSelect={() => void navigate({ to: paths.tasks(workspace) })}
        >
          {t`Tasks`}
        </MenuItem>
        {teams.length > 0 && (
          <>
            <MenuSeparator />
            <MenuLabel>{t`Teams`}</MenuLabel>
            {teams.map(({ id, name, open_unassigned }) => (
              <MenuItem
                key={id}
                detail={open_unassigned > 0 ? number(open_unassigned) : undefined}
                onSelect={() => void navigate({ to: paths.inbox(workspace, `team.${id}`) })}
              >
                {name}
              </MenuItem>
            ))}
          </>
        )}
        <MenuSeparator />
        <MeMenuItems />
      </Menu>
    </nav>
  );
}
