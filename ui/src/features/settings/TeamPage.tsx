import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { teamsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, ErrorState, LockNote, Page, Skeleton } from '@/design';
import css from './ListPage.module.css';
import { DeleteTeam } from './teams/DeleteTeam';
import { StrategySection } from './teams/StrategySection';
import { TeamMembers } from './teams/TeamMembers';
import { TeamRules } from './teams/TeamRules';

/** How many each holds changes with every conversation; somebody who looks sees it move. */
const LOOK_MS = 10_000;

/** One team: who is in it, in which order, and who gets the next conversation. */
export default function TeamPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const { team: id } = useParams({ from: '/w/$workspace/settings/teams/$team' });
  const blocked = useBlockedHere()('team.view');
  const teams = useQuery({
    ...teamsListOptions({ path: { workspace_id: workspace } }),
    enabled: !blocked,
    refetchInterval: LOOK_MS,
  });
  const team = teams.data?.items.find((each) => each.id === id);
  const name = team?.name ?? t`Team`;
  useTitle(name);
  return (
    <Page
      title={name}
      back={
        <Link to={paths.settings(workspace, 'teams')} className={css.back}>
          <ArrowLeft size={15} aria-hidden="true" />
          {t`Teams`}
        </Link>
      }
      actions={
        team && (
          <Button onClick={() => void navigate({ to: paths.inbox(workspace, `team.${id}`) })}>
            {t`Open the queue`}
          </Button>
        )
      }
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : teams.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : teams.isError ? (
        <ErrorState
          title={t`The team could not be loaded`}
          error={teams.error}
          onRetry={() => void teams.refetch()}
        />
      ) : !team ? (
        <EmptyState title={t`This team is gone`}>{t`Somebody deleted it.`}</EmptyState>
      ) : (
        <>
          <StrategySection team={team} />
          <TeamMembers team={team} />
          <TeamRules key={team.version} team={team} />
          <DeleteTeam team={team} />
        </>
      )}
    </Page>
  );
}
