import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import type { CreditsView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Button, Notice, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useNumber } from '@/i18n/useNumber';
import { usePlans } from '../billing';
import { Meter } from '../Meter';
import css from '../money.module.css';
import own from './credits.module.css';

/** What is left, how fast it goes, and how to have more. */
export function BalanceSection({ pool }: { pool: CreditsView }) {
  const { t } = useLingui();
  const number = useNumber();
  const { date } = useTimes();
  if (pool.unlimited) {
    return (
      <Section title={t`Balance`}>
        <p className={css.quiet}>{t`Your plan counts no credits: there is no limit.`}</p>
      </Section>
    );
  }
  const { grant } = pool;
  const facts: [string, number][] = [
    [t`Balance`, pool.balance],
    [t`Reserved for work under way`, pool.reserved],
    [t`Left of this month's grant`, grant.left],
    [t`Bought, without expiry`, pool.purchased],
  ];
  return (
    <Section title={t`Balance`} actions={<TopUp pool={pool} />}>
      {pool.low !== null && (
        <Notice tone={pool.available > 0 ? 'warn' : 'danger'} title={t`Few credits are left`}>
          <p>{t`At none the AI answers no more, and people go on.`}</p>
        </Notice>
      )}
      <p>
        <b className={own.available}>{number(pool.available)}</b> {t`credits can be used`}
      </p>
      <dl className={own.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {grant.amount > 0 && (
        <Meter label={t`Used of this month's grant`} used={grant.amount - grant.left} limit={grant.amount}>
          {grant.period_end &&
            t`What is left of it expires on ${date(grant.period_end)}, and a new grant comes.`}
        </Meter>
      )}
      <p className={css.quiet}>
        {pool.forecast_at
          ? t`At this month's pace nothing is left on ${date(pool.forecast_at)}.`
          : t`At this month's pace they last until the next grant.`}
      </p>
    </Section>
  );
}

/** The packs that are sold, each bought on the plan's page. */
function TopUp({ pool }: { pool: CreditsView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const blocked = useBlocked()(pool, 'billing.purchase_addons');
  const plans = usePlans().data;
  const pack = plans?.addons.find(({ adds }) => adds === 'credits');
  if (!plans) return null;
  const none =
    plans.till === 'none' ? t`Credits are managed by your operator.` : t`This plan sells no credits.`;
  return (
    <Button
      variant="primary"
      blocked={blocked ?? (pack && plans.till !== 'none' ? undefined : none)}
      onClick={() => void navigate({ to: paths.settings(workspace, 'plan'), search: { buy: pack?.id } })}
    >
      {t`Buy credits…`}
    </Button>
  );
}
