import { useQuery } from '@tanstack/react-query';
import { type OwnershipTransferView, ownershipTransfersListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from './session';

export const transfersOptions = (workspace: string) =>
  ownershipTransfersListOptions({ path: { workspace_id: workspace } });

/** The offers of the workspace that one may know of: the open one, if there is one, and the newest settled one. */
export function useTransfers() {
  const blocked = useBlockedHere()('member.view');
  const transfers = useQuery({ ...transfersOptions(useWorkspaceId()), enabled: !blocked });
  const items = transfers.data?.items ?? [];
  return { ...transfers, open: items.find(isOpen), settled: items.find((transfer) => !isOpen(transfer)) };
}

const isOpen = ({ state }: OwnershipTransferView) =>
  state === 'awaiting_acceptance' || state === 'awaiting_operator';
