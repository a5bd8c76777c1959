import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { CalendarX2, Coffee, KeyRound } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { paths } from '@/app/paths';
import { meOptions, useMembership } from '@/app/session';
import { useTransfers } from '@/app/transfers';
import { useDeletion } from '@/app/useDeletion';
import { Button } from '@/design';
import { withTexts } from '@/i18n';
import { useTimes } from '@/i18n/time';
import css from './Notices.module.css';
import { useAvailability } from './useAvailability';

/** How often it is asked whether a closed workspace opens again. */
const LOOK_MS = 5000;

/** Most workspaces have nothing to be told about money, and nobody waits for it. */
const MoneyBanners = lazy(() =>
  withTexts('money', () => import('@/features/money/banners/MoneyBanners')).catch(() => ({
    default: () => <></>,
  })),
);

/** What everybody or one person here should know before anything else. */
export function Notices() {
  const { workspace } = useMembership();
  return (
    <>
      {workspace.deletion_at && <Deletion at={workspace.deletion_at} />}
      <Offered />
      <Idle />
      <Suspense>
        <MoneyBanners />
      </Suspense>
    </>
  );
}

function Deletion({ at }: { at: string }) {
  const { t } = useLingui();
  const times = useTimes();
  const { workspace, is_owner } = useMembership();
  const { cancel } = useDeletion();
  // A closed workspace has no stream that would tell when it is kept after all.
  useQuery({ ...meOptions, refetchInterval: LOOK_MS });
  const when = times.full(at);
  return (
    <section className={css.notice} data-tone="danger" aria-label={t`Deletion`}>
      <CalendarX2 size={16} aria-hidden="true" />
      <p className={css.text}>
        <b>{t`${workspace.name} will be deleted on ${when}.`}</b>{' '}
        {is_owner ? t`Until then nobody can work in it.` : t`Until then only its owner can keep it.`}
      </p>
      {is_owner && (
        <Button size="s" busy={cancel.isPending} onClick={() => cancel.mutate()}>
          {t`Keep it`}
        </Button>
      )}
    </section>
  );
}

/** The workspace is offered to the person who looks. */
function Offered() {
  const { t } = useLingui();
  const { workspace } = useMembership();
  const { open } = useTransfers();
  const shown = useMatchRoute()({ to: '/w/$workspace/ownership' });
  if (!open?.can.accept || shown) return null;
  return (
    <section className={css.notice} aria-label={t`Offer`}>
      <KeyRound size={16} aria-hidden="true" />
      <p className={css.text}>{t`${open.from.name} offers you the ownership of ${workspace.name}.`}</p>
      <Link to={paths.ownership(workspace.id)} className={css.link}>
        {t`See the offer`}
      </Link>
    </section>
  );
}

/** The house set the person away who looks: only they say that they are back. */
function Idle() {
  const { t } = useLingui();
  const { availability, blocked, set } = useAvailability();
  if (availability?.status !== 'away' || availability.cause !== 'idle') return null;
  return (
    <section className={css.notice} aria-label={t`Away`}>
      <Coffee size={16} aria-hidden="true" />
      <p className={css.text}>
        <b>{t`You were set to away because nothing happened here for a while.`}</b>{' '}
        {t`New conversations go to somebody else.`}
      </p>
      <Button size="s" blocked={blocked} onClick={() => void set({ status: 'available', until: null })}>
        {t`I am back`}
      </Button>
    </section>
  );
}
