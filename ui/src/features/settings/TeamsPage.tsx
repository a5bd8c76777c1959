import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Plus, UsersRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type TeamView, teamsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Badge, Button, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import css from './ListPage.module.css';
import { CreateTeamDialog } from './teams/CreateTeamDialog';
import { Faces } from './teams/Faces';
import { useStrategies } from './teams/useStrategies';

export default function TeamsPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('team.manage')}
      onClick={() => setCreating(true)}
    >
      {t`New team`}
    </Button>
  );
  useTitle(t`Teams`);
  return (
    <Page
      title={t`Teams`}
      description={t`Who answers together, and how conversations are given out among them.`}
      actions={create}
    >
      {blocked('team.view') ? <LockNote reason={blocked('team.view')} /> : <Teams create={create} />}
      {creating && <CreateTeamDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Teams({ create }: { create: ReactNode }) {
  const { t } = useLingui();
  const teams = useQuery(teamsListOptions({ path: { workspace_id: useWorkspaceId() } }));
  return (
    <Section title={t`Teams`} hideTitle flush>
      {teams.isPending ? (
        <Skeleton lines={4} label={t`Loading`} />
      ) : teams.isError ? (
        <ErrorState
          title={t`The teams could not be loaded`}
          error={teams.error}
          onRetry={() => void teams.refetch()}
        />
      ) : teams.data.items.length === 0 ? (
        <EmptyState icon={<UsersRound size={28} aria-hidden="true" />} title={t`No team yet`} action={create}>
          {t`A team has a queue of its own and gives its conversations out in turn, by load, or by hand.`}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {teams.data.items.map((team) => (
            <Row key={team.id} team={team} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ team }: { team: TeamView }) {
  const workspace = useWorkspaceId();
  const strategy = useStrategies().find(({ value }) => value === team.strategy)?.label;
  const people = team.members.length;
  return (
    <li>
      <Link to={paths.team(workspace, team.id)} className={css.row}>
        <span className={css.name}>
          <b>{team.name}</b>
          <small>
            {strategy} · <Plural value={people} _0="nobody yet" one="# person" other="# people" />
          </small>
        </span>
        {team.open_unassigned > 0 && (
          <Badge tone="accent">
            <Plural value={team.open_unassigned} one="# waits" other="# wait" />
          </Badge>
        )}
        <Faces names={team.members.map(({ member }) => member.name)} />
        <ChevronRight size={16} aria-hidden="true" className={css.go} />
      </Link>
    </li>
  );
}
