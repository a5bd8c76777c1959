import { useLingui } from '@lingui/react/macro';
import { asProblem } from '@/api';
import { useProblemText } from '@/i18n/problem';

/** Why something about money was refused, by the code of the problem. */
export function useMoneyMessages(): Record<string, string> {
  const { t } = useLingui();
  return {
    'till.none': t`Nothing is sold here: your operator decides about plans.`,
    'till.unavailable': t`The payment provider does not answer. Nothing was charged; try again in a moment.`,
    'till.not_offered': t`The payment provider cannot do that.`,
    'payment.declined': t`The card was declined. Nothing changed.`,
    'checkout.subscribed': t`A plan is paid for already: change that one.`,
    'checkout.pending': t`A purchase is just being settled. Try again in a moment.`,
    'plan.not_bought': t`The plan is bought on the payment page first.`,
    'plan.current': t`The workspace has this plan already.`,
    'plan.not_for_sale': t`The price is on request: ask your operator.`,
    'plan.paid': t`The plan that was paid begins when the trial ends.`,
    'invoice.due': t`An invoice is overdue: it has to be paid first.`,
    'workspace.deleting': t`The workspace is about to be deleted: take that back first.`,
    'addon.no_room': t`This plan has no room for more of it: choose a larger one.`,
    'addon.not_less': t`There is not so much of it.`,
    'subscription.not_running': t`No plan runs that this could be done with.`,
    'amount.too_large': t`That comes to more than can be invoiced.`,
    'support_request.many_wait': t`Many requests wait already. Let your operator answer them first.`,
    'seat.limit_reached': t`There is no seat left for them.`,
    entitlement_required: t`Your plan does not include this.`,
  };
}

/** The same for whatever was thrown. */
export function useMoneyProblem(): (error: unknown) => string {
  const messages = useMoneyMessages();
  const text = useProblemText();
  return (error) => messages[asProblem(error)?.code ?? ''] ?? text(error);
}
