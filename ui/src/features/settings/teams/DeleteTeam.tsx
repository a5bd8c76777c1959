import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type TeamView, teamDelete } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, ConfirmDialog, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import css from '../ListPage.module.css';
import { useTeamChange } from './useTeamChange';

/** Ends a team; its queue goes to everybody's. */
export function DeleteTeam({ team }: { team: TeamView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const blocked = useBlocked()(team, 'team.manage');
  const { name } = team;
  const remove = useTeamChange(
    (path, id: string) => teamDelete({ path: { ...path, team_id: id } }),
    t`The team is still there`,
  );

  function confirm() {
    const onSuccess = () => void navigate({ to: paths.settings(workspace, 'teams') });
    remove.mutate(team.id, { onSuccess, onError: () => setAsking(false) });
  }

  return (
    <Section title={t`Delete the team`}>
      <div className={css.line}>
        <p className={css.grow}>
          {t`Its waiting conversations go to the general queue; what is assigned stays assigned.`}
        </p>
        <Button variant="danger" blocked={blocked} onClick={() => setAsking(true)}>
          {t`Delete the team…`}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Delete ${name}?`}
        description={t`Routing rules that lead to it stop leading there. The people stay in the workspace.`}
        confirm={t`Delete`}
        typed={name}
        busy={remove.isPending}
        onConfirm={confirm}
      />
    </Section>
  );
}
