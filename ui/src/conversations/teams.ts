import { useQuery } from '@tanstack/react-query';
import { type TeamView, teamsListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useScope } from './scope';

const none: TeamView[] = [];

/** The routing teams, to those who may see them. */
export function useTeams(): TeamView[] {
  const { workspace } = useScope();
  const blocked = useBlockedHere()('team.view');
  const { data } = useQuery({
    ...teamsListOptions({ path: { workspace_id: workspace } }),
    enabled: blocked === undefined,
  });
  return data?.items ?? none;
}
