import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { paths } from '@/app/paths';
import { homeWorkspace, useMe } from '@/app/session';
import css from './OutsideLayout.module.css';
import { SectionLayout, type SectionLink } from './SectionLayout';

/** Pages that belong to no workspace: the way back to one is on top. */
export function OutsideLayout({ title, links }: { title: string; links: SectionLink[] }) {
  const { t } = useLingui();
  const me = useMe();
  const home = me.memberships.find((each) => each.workspace.id === homeWorkspace(me))?.workspace;
  return (
    <div className={css.page}>
      <SectionLayout
        title={title}
        back={
          <Link to={home ? paths.workspace(home.id) : paths.workspaces} className={css.back}>
            <ArrowLeft size={16} aria-hidden="true" />
            <span>{home ? home.name : t`Workspaces`}</span>
          </Link>
        }
        links={links}
      />
    </div>
  );
}
