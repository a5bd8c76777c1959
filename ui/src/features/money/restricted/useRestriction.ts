import { useLingui } from '@lingui/react/macro';
import type { SettingsPage } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { useBilling, useIsInvoiced, usePlans } from '../billing';

interface WayOut {
  /** What opens the workspace again, and who can do it where that is not the reader. */
  text: string;
  /** Where that is done or looked at; nowhere for who may not see it. */
  link: { page: SettingsPage; label: string } | undefined;
}

/** What is said of a restricted workspace, wherever it is said. */
export function useRestriction() {
  const { t } = useLingui();
  // Nobody has paid for its first plan yet: it was never open.
  const isNew = useBilling().data?.restricted_reason === 'never_paid';
  const left = isNew
    ? t`Until then only billing and export are open, and what customers write is kept.`
    : t`Only billing and export are left; messages still arrive, and nothing is lost.`;
  return { isNew, left, ...useWayOut(isNew) };
}

function useWayOut(isNew: boolean): WayOut {
  const { t, i18n } = useLingui();
  const blocked = useBlockedHere();
  const billing = useBilling().data;
  const plans = usePlans().data;
  const till = billing?.till ?? plans?.till;
  const isInvoiced = useIsInvoiced();
  const link = blocked('billing.view') ? undefined : ({ page: 'plan', label: t`See the plan` } as const);
  if (till === 'none') return { text: t`Your operator opens it again.`, link };
  if (blocked('billing.manage')) {
    const names = new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(
      plans?.who_can_choose.map(({ name }) => name) ?? [],
    );
    const text = names
      ? t`It opens again once a plan is paid: ask ${names}.`
      : t`The owner, or who may manage billing, opens it again by choosing a plan.`;
    return { text, link };
  }
  if (billing?.restricted_reason !== 'unpaid' && !isInvoiced)
    return {
      text: isNew ? t`Choose a plan and pay it to begin.` : t`Choose a plan, and everybody can work again.`,
      link: { page: 'plan', label: t`Choose a plan` },
    };
  return till === 'stripe'
    ? {
        text: t`Renew the payment method, and everybody can work again.`,
        link: { page: 'plan', label: t`See what is due` },
      }
    : {
        text: isNew
          ? t`Pay the open invoice to begin.`
          : t`Pay the open invoice, and everybody can work again.`,
        link: { page: 'invoices', label: t`See the open invoice` },
      };
}
