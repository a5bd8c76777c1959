import { type QueryKey, useMutation, useQuery } from '@tanstack/react-query';
import {
  billingShowOptions,
  billingShowQueryKey,
  creditsShowQueryKey,
  invoicesListOptions,
  invoicesListQueryKey,
  plansListOptions,
  plansListQueryKey,
  seatsShowQueryKey,
} from '@/api';
import { queryClient, readAgain } from '@/app/queryClient';
import { meOptions, useBlockedHere, useWorkspaceId } from '@/app/session';

/** Where the workspace stands with its plan, for who may see that. */
export function useBilling() {
  const path = { workspace_id: useWorkspaceId() };
  return useQuery({ ...billingShowOptions({ path }), enabled: !useBlockedHere()('billing.view') });
}

/** Whether an invoice waits until the operator has its money, for who may see that. */
export function useIsInvoiced(): boolean {
  const path = { workspace_id: useWorkspaceId() };
  const billing = useBilling().data;
  const enabled = billing?.till === 'manual' && billing.state === 'restricted';
  const invoices = useQuery({ ...invoicesListOptions({ path }), enabled });
  return enabled && invoices.data?.items.some(({ state }) => state === 'open') === true;
}

/** The plans and add-ons that the workspace can have. */
export function usePlans() {
  return useQuery(plansListOptions({ path: { workspace_id: useWorkspaceId() } }));
}

/** Everything about money, and what one may do, which a plan decides too. */
export const moneyKeys = (options: { path: { workspace_id: string } }): QueryKey[] => [
  billingShowQueryKey(options),
  plansListQueryKey(options),
  seatsShowQueryKey(options),
  creditsShowQueryKey(options),
  creditEntriesKey(options.path.workspace_id),
  invoicesListQueryKey(options),
  meOptions.queryKey,
];

/** The ledger, however it is filtered. */
export const creditEntriesKey = (workspace: string) => ['credit-entries', workspace];

/** Has everything about money read again. */
export function readMoneyAgain(workspace: string) {
  for (const queryKey of moneyKeys({ path: { workspace_id: workspace } })) readAgain({ queryKey });
}

/** A change of what is paid, after which everything about money is read again. */
export function useMoneyChange<Change, Answer>(
  change: (path: { workspace_id: string }, what: Change) => Promise<{ data: Answer }>,
  onSuccess?: (answer: Answer) => void,
) {
  const workspace_id = useWorkspaceId();
  return useMutation({
    mutationFn: async (what: Change) => (await change({ workspace_id }, what)).data,
    onSuccess: async (answer) => {
      await queryClient.cancelQueries({ queryKey: billingShowQueryKey({ path: { workspace_id } }) });
      readMoneyAgain(workspace_id);
      onSuccess?.(answer);
    },
  });
}
