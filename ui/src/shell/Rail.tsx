import { useLingui } from '@lingui/react/macro';
import { AtSign, ListChecks, Search, Settings, Sparkles, Users } from 'lucide-react';
import { paths, views } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Kbd, Tooltip } from '@/design';
import { useKeys } from '@/keyboard';
import { BellLink } from './BellLink';
import { CountedLink } from './CountedLink';
import { MeMenu } from './MeMenu';
import css from './Rail.module.css';
import { RailLink } from './RailLink';
import { SavedLinks } from './SavedLinks';
import { SetupCard } from './SetupCard';
import { overlay } from './state';
import { TeamLinks } from './TeamLinks';
import { ViewLink } from './ViewLink';
import { WorkspaceMenu } from './WorkspaceMenu';

export function Rail() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere();
  const keys = useKeys('palette');
  const taskKeys = useKeys('goTasks');
  return (
    <div className={css.rail}>
      <WorkspaceMenu />
      <Tooltip text={t`Search or jump to`} keys={keys} side="right">
        <button type="button" className={css.search} onClick={() => overlay.set('palette')}>
          <Search size={15} aria-hidden="true" />
          <span className={css.searchText}>{t`Search…`}</span>
          {keys && <Kbd keys={keys} />}
        </button>
      </Tooltip>
      <nav className={css.nav} aria-label={t`Main`}>
        <BellLink />
        {views.map((view) => (
          <ViewLink key={view} view={view} />
        ))}
        {!blocked('note.view') && <CountedLink place="mentions" icon={AtSign} label={t`Mentions`} />}
        <CountedLink place="ai" icon={Sparkles} label={t`With the AI`} />
        <TeamLinks />
        <SavedLinks />
        <hr className={css.gap} />
        <RailLink to={paths.tasks(workspace)} icon={ListChecks} label={t`Tasks`} keys={taskKeys} />
        <RailLink to={paths.customers(workspace)} icon={Users} label={t`Customers`} />
        <RailLink to={paths.settings(workspace)} icon={Settings} label={t`Settings`} />
      </nav>
      <div className={css.foot}>
        <SetupCard />
        <MeMenu />
      </div>
    </div>
  );
}
