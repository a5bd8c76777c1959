import { useLingui } from '@lingui/react/macro';
import { type QueryKey, useMutation } from '@tanstack/react-query';
import { readAgain } from '@/app/queryClient';

/** How often it is looked whether something came: who operates is in no workspace whose stream would tell. */
export const LOOK_MS = 10_000;

/** How a list of the operator's is read: page by page, and again while it is looked at. */
export const paged = {
  initialPageParam: {},
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
  staleTime: 0,
  refetchInterval: LOOK_MS,
};

/** Every query of the operator's is named after its door, and so are the doors. */
const isOperators = ({ queryKey: [door] }: { queryKey: QueryKey }) =>
  typeof door === 'object' && door !== null && '_id' in door && `${door._id}`.startsWith('operator');

/** A change by the operator, after which all that they see is read again. */
export function useOperatorChange<Change, Answer>(
  change: (what: Change) => Promise<{ data: Answer }>,
  onSuccess: (answer: Answer, what: Change) => void,
) {
  return useMutation({
    mutationFn: async (what: Change) => (await change(what)).data,
    onSuccess: (answer, what) => {
      readAgain({ predicate: isOperators });
      onSuccess(answer, what);
    },
  });
}

/** Why something was refused to the operator, by the code of the problem. */
export function useOperatorMessages(): Record<string, string> {
  const { t } = useLingui();
  return {
    'invoice.not_open': t`It is paid or taken back already, or the payment provider collects it.`,
    'support_request.answered': t`Another operator has answered it already.`,
    'catalogue.not_newer': t`There is this version of the catalogue already, or a newer one. Give it a higher version.`,
    'catalogue.unknown': t`There is no such catalogue any more.`,
    'subscription.at_provider': t`The workspace pays for its plan at the payment provider, which would go on charging. Let that subscription end first, by its owner or in the provider’s dashboard.`,
    'subscription.credit_waits': t`The workspace has credit that its next invoice takes. Until then it stays with a catalogue in its currency.`,
    'checkout.pending': t`Somebody may just be paying on the payment provider’s page. Try again in two hours.`,
    'seat.no_contract': t`The plans of this catalogue say themselves how many seats there are.`,
    'plan.unknown': t`The newest version of the catalogue has no such plan.`,
  };
}
