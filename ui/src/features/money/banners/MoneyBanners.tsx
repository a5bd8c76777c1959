import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { CreditCard } from 'lucide-react';
import type { ReactNode } from 'react';
import { type BillingOverview, creditsShowOptions } from '@/api';
import { paths, type SettingsPage } from '@/app/paths';
import { useBlockedHere, useMembership, useWorkspaceId } from '@/app/session';
import { useNow, useTimes } from '@/i18n/time';
import { useNumber } from '@/i18n/useNumber';
import css from '@/shell/Notices.module.css';
import { useBilling } from '../billing';
import { daysUntil } from '../days';

/** From when on the end of a trial is told everywhere. */
const TRIAL_DAYS = 7;

/** What about money everybody here should know, with what helps; the page it leads to says it itself. */
export default function MoneyBanners() {
  const workspace = useWorkspaceId();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isAt = (page: SettingsPage) => path === paths.settings(workspace, page);
  return (
    <>
      {!isAt('plan') && <Plan />}
      {!isAt('credits') && <Credits />}
    </>
  );
}

function Plan() {
  const { workspace } = useMembership();
  const billing = useBilling().data;
  if (workspace.state === 'restricted' || billing?.state === 'restricted')
    return <Restricted billing={billing} />;
  if (!billing) return null;
  if (billing.state === 'past_due') return <PastDue billing={billing} />;
  if (billing.gauges.some(({ over_since }) => over_since !== null)) return <OverLimit />;
  if (billing.trial_ends_at && billing.state === 'trialing' && !billing.next_plan)
    return <TrialEnds at={billing.trial_ends_at} />;
  return null;
}

function Restricted({ billing }: { billing: BillingOverview | undefined }) {
  const { t } = useLingui();
  const mayChoose = !useBlockedHere()('billing.manage');
  return (
    <Banner
      tone="danger"
      title={t`This workspace is restricted.`}
      page={billing && 'plan'}
      action={mayChoose ? t`Choose a plan` : t`See the plan`}
    >
      {t`Only billing and export are left; messages still arrive, and nothing is lost.`}{' '}
      {billing?.till === 'none'
        ? t`Your operator opens it again.`
        : mayChoose
          ? t`A plan opens it again.`
          : t`The owner, or who may manage billing, opens it again by choosing a plan.`}
    </Banner>
  );
}

function PastDue({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  return (
    <Banner tone="danger" title={t`A payment failed.`} page="plan" action={t`See what is due`}>
      {billing.till === 'stripe'
        ? t`Renew the payment method, or the workspace is restricted later.`
        : t`Pay the open invoice, or the workspace is restricted later.`}
    </Banner>
  );
}

function OverLimit() {
  const { t } = useLingui();
  return (
    <Banner title={t`More is in use than the plan has.`} page="plan" action={t`See what is over`}>
      {t`Buy more, choose a larger plan, or use less; otherwise who joined last rests after a while.`}
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
      page="plan"
      action={t`See the plans`}
    >
      {t`Without a plan only billing and export are left from ${when} on.`}
    </Banner>
  );
}

function Credits() {
  const { t } = useLingui();
  const number = useNumber();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('credit.view_balance');
  const pool = useQuery({ ...creditsShowOptions({ path }), enabled: !blocked }).data;
  if (!pool || pool.unlimited || pool.low === null) return null;
  return (
    <Banner
      tone={pool.available > 0 ? 'warn' : 'danger'}
      title={t`Few credits are left: ${number(pool.available)}.`}
      page="credits"
      action={t`See the credits`}
    >
      {t`At none the AI answers no more, and people go on.`}
    </Banner>
  );
}

interface BannerProps {
  tone?: 'warn' | 'danger';
  title: ReactNode;
  /** Where what helps is; nowhere for who may not see it. */
  page: SettingsPage | undefined;
  action: string;
  children: ReactNode;
}

function Banner({ tone = 'warn', title, page, action, children }: BannerProps) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  return (
    <section className={css.notice} data-tone={tone} aria-label={page === 'credits' ? t`Credits` : t`Plan`}>
      <CreditCard size={16} aria-hidden="true" />
      <p className={css.text}>
        <b>{title}</b> {children}
      </p>
      {page && (
        <Link to={paths.settings(workspace, page)} className={css.link}>
          {action}
        </Link>
      )}
    </section>
  );
}
