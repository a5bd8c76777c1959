import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Bell, Keyboard, Palette, ShieldCheck, UserRound } from 'lucide-react';
import { paths } from '@/app/paths';
import { homeWorkspace, useMe } from '@/app/session';
import { SectionLayout } from '@/shell/SectionLayout';
import css from './MeLayout.module.css';

/** One's own pages belong to the account, not to a workspace: the way back is on top. */
export default function MeLayout() {
  const { t } = useLingui();
  const me = useMe();
  const home = me.memberships.find((each) => each.workspace.id === homeWorkspace(me))?.workspace;
  return (
    <div className={css.page}>
      <SectionLayout
        title={t`Your account`}
        back={
          <Link to={home ? paths.workspace(home.id) : paths.workspaces} className={css.back}>
            <ArrowLeft size={16} aria-hidden="true" />
            <span>{home ? home.name : t`Workspaces`}</span>
          </Link>
        }
        links={[
          { to: paths.me('profile'), icon: UserRound, label: t`Profile` },
          { to: paths.me('notifications'), icon: Bell, label: t`Notifications` },
          { to: paths.me('appearance'), icon: Palette, label: t`Appearance` },
          { to: paths.me('keyboard'), icon: Keyboard, label: t`Keyboard` },
          { to: paths.me('sessions'), icon: ShieldCheck, label: t`Sessions` },
        ]}
      />
    </div>
  );
}
