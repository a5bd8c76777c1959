import { invitationsListOptions, invitationsListQueryKey } from '@/api';

/** The server's longest page; who invites more waits for answers first. */
const MOST = 100;

export const invitationsOptions = (workspace: string) =>
  invitationsListOptions({ path: { workspace_id: workspace }, query: { limit: MOST } });

export const invitationsKey = (workspace: string) =>
  invitationsListQueryKey({ path: { workspace_id: workspace } });
