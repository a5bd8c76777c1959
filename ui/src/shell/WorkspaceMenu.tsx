import { useLingui } from '@lingui/react/macro';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import type { MembershipView } from '@/api';
import { paths } from '@/app/paths';
import { useMe, useMembership } from '@/app/session';
import { Avatar, Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { soon, TypeAhead } from '@/design/soon';
import { withTexts } from '@/i18n';
import { Logo } from './Logo';
import css from './Rail.module.css';
import { Unread } from './Unread';

const CreateWorkspaceDialog = soon(
  () => withTexts('rights', () => import('./CreateWorkspaceDialog')).then((it) => it.default),
  TypeAhead,
);

export function WorkspaceMenu() {
  const { t } = useLingui();
  const [creating, setCreating] = useState(false);
  const { workspace, role } = useMembership();
  const { account, memberships } = useMe();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });

  /** Another workspace opens in the section one is in. */
  function choose(id: string) {
    const section = path.split('/')[3];
    if (section === 'customers') void navigate({ to: paths.customers(id) });
    else if (section === 'settings') void navigate({ to: paths.settings(id) });
    else void navigate({ to: paths.inbox(id) });
  }

  return (
    <>
      <Menu
        trigger={
          <button type="button" className={css.switch}>
            <Logo />
            <span className={css.name}>
              {workspace.name}
              <small>{role.label}</small>
            </span>
            <ChevronsUpDown size={14} className={css.chevron} aria-hidden="true" />
            <span className="visually-hidden">{t`Workspaces`}</span>
          </button>
        }
      >
        <MenuChoice
          label={t`Workspaces`}
          value={workspace.id}
          options={memberships.map(optionOf)}
          onChange={choose}
        />
        <MenuSeparator />
        <MenuItem icon={<Plus size={15} />} onSelect={() => setCreating(true)}>
          {t`Create a workspace…`}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{t`Signed in as ${account.email}`}</MenuLabel>
      </Menu>
      {creating && <CreateWorkspaceDialog onClose={() => setCreating(false)} />}
    </>
  );
}

/** A workspace with what one is there, and what waits unread. */
const optionOf = (membership: MembershipView) => ({
  value: membership.workspace.id,
  label: membership.workspace.name,
  hint: membership.role.label,
  icon: <Avatar name={membership.workspace.name} size={24} />,
  detail: <Unread membership={membership} />,
});
