import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type BillingOverview, creditsShowOptions, seatsShowOptions } from '@/api';
import { paths, type SettingsPage } from '@/app/paths';
import { useBlockedHere, useMembership, useWorkspaceId } from '@/app/session';
import { useNow, useTimes } from '@/i18n/time';
import { useNumber } from '@/i18n/useNumber';
import { isRestrictedHere } from '@/shell/restricted';
import { useBilling } from '../billing';
import { daysUntil } from '../days';
import { useRestriction } from '../restricted/useRestriction';
import { useMeterName } from '../useMeterName';
import { Banner } from './Banner';

/** From when on the end of a trial is told everywhere. */
const TRIAL_DAYS = 7;

/** What about money everybody here should know, with what helps; the page it leads to says it itself. */
export default function MoneyBanners() {
  const workspace = useWorkspaceId();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isAt = (page: SettingsPage) => path === paths.settings(workspace, page);
  return (
    <>
      {!isAt('plan') && <Plan path={path} />}
      {!isAt('credits') && <Credits />}
    </>
  );
}

function Plan({ path }: { path: string }) {
  const { workspace } = useMembership();
  const billing = useBilling().data;
  // The whole screen says it there.
  if (isRestrictedHere(workspace, path)) return null;
  if (workspace.state === 'restricted' || billing?.state === 'restricted') return <Restricted />;
  if (!billing) return null;
  if (billing.state === 'past_due') return <PastDue billing={billing} />;
  const over = billing.gauges.filter(({ over_since }) => over_since !== null);
  if (over.length > 0) return <OverLimit meters={over.map(({ meter }) => meter)} />;
  if (billing.trial_ends_at && billing.state === 'trialing' && !billing.next_plan)
    return <TrialEnds at={billing.trial_ends_at} />;
  return null;
}

function Restricted() {
  const { t } = useLingui();
  const { isNew, left, text, link } = useRestriction();
  return (
    <Banner
      tone={isNew ? 'warn' : 'danger'}
      title={isNew ? t`This workspace begins once a plan is paid.` : t`This workspace is restricted.`}
      link={link}
    >
      {left} {text}
    </Banner>
  );
}

function PastDue({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  return billing.till === 'stripe' ? (
    <Banner tone="danger" title={t`A payment failed.`} link={{ page: 'plan', label: t`See what is due` }}>
      {t`Renew the payment method, or the workspace is restricted later.`}
    </Banner>
  ) : (
    <Banner
      tone="danger"
      title={t`An invoice is overdue.`}
      link={{ page: 'invoices', label: t`See the open invoice` }}
    >
      {t`Pay it, or the workspace is restricted later.`}
    </Banner>
  );
}

function OverLimit({ meters }: { meters: string[] }) {
  const { t, i18n } = useLingui();
  const name = useMeterName();
  const { date } = useTimes();
  const path = { workspace_id: useWorkspaceId() };
  const grace = useQuery(seatsShowOptions({ path })).data?.full.grace_until;
  const names = new Intl.ListFormat(i18n.locale).format(meters.map((meter) => name(meter).toLowerCase()));
  return (
    <Banner
      title={t`More is in use than the plan has: ${names}.`}
      link={{ page: 'plan', label: t`See what is over` }}
    >
      {t`Buy more, choose a larger plan, or use less.`}{' '}
      {grace && t`After ${date(grace)} who joined last rests until there is a seat.`}
    </Banner>
  );
}

function TrialEnds({ at }: { at: string }) {
  const { t } = useLingui();
  const days = daysUntil(at, useNow());
  const when = useTimes().full(at);
  if (days > TRIAL_DAYS) return null;
  return (
    <Banner
      tone={days <= 1 ? 'danger' : 'warn'}
      title={<Plural value={days} one="The trial ends within # day." other="The trial ends in # days." />}
      link={{ page: 'plan', label: t`See the plans` }}
    >
      {t`Without a plan only billing and export are left from ${when} on.`}
    </Banner>
  );
}

function Credits() {
  const { t } = useLingui();
  const number = useNumber();
  const path = { workspace_id: useWorkspaceId() };
  const blockedHere = useBlockedHere();
  const blocked = blockedHere('credit.view_balance');
  const pool = useQuery({ ...creditsShowOptions({ path }), enabled: !blocked }).data;
  if (!pool || pool.unlimited || pool.low === null) return null;
  const mayBuy = !blockedHere('billing.purchase_addons');
  return (
    <Banner
      tone={pool.available > 0 ? 'warn' : 'danger'}
      title={t`Few credits are left: ${number(pool.available)}.`}
      link={{ page: 'credits', label: mayBuy ? t`Buy credits` : t`See the credits` }}
    >
      {t`At none the AI answers no more, and people go on.`}
    </Banner>
  );
}
