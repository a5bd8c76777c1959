import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { operatorTroublesListOptions, type TroubleView } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { EmptyState, ErrorState, Page, Section, Skeleton } from '@/design';
import money from '@/features/money/money.module.css';
import css from '@/features/settings/ListPage.module.css';
import { When } from '@/i18n/When';
import { LOOK_MS } from './operator';

/** What went wrong with money and does not settle by itself, or not yet. */
export default function TroublesPage() {
  const { t } = useLingui();
  const troubles = useQuery({ ...operatorTroublesListOptions(), staleTime: 0, refetchInterval: LOOK_MS });
  useTitle(t`Payment troubles`);
  return (
    <Page
      title={t`Payment troubles`}
      description={t`What does not go as it should between this server and the payment provider. Most of it is tried again by itself.`}
    >
      <Section title={t`Payment troubles`} hideTitle flush>
        {troubles.isPending ? (
          <Skeleton lines={5} label={t`Loading`} />
        ) : troubles.isError ? (
          <ErrorState
            title={t`The troubles could not be loaded`}
            error={troubles.error}
            onRetry={() => void troubles.refetch()}
          />
        ) : troubles.data.items.length === 0 ? (
          <EmptyState icon={<CircleCheck size={28} aria-hidden="true" />} title={t`Nothing is wrong`}>
            {t`Payments that do not arrive, purchases that do not finish and messages of the provider that lead nowhere stand here.`}
          </EmptyState>
        ) : (
          <ul className={css.list}>
            {troubles.data.items.map((trouble) => (
              <Row key={`${trouble.kind} ${trouble.object} ${trouble.at}`} trouble={trouble} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function Row({ trouble }: { trouble: TroubleView }) {
  const { t } = useLingui();
  const { workspace, attempts, cause, what, object, at } = trouble;
  const kinds = {
    event_waiting: t`A message of the provider could not be looked into yet. It is tried again.`,
    event_unmatched: t`The provider told of something that is not there any more. Look it up there.`,
    event_foreign: t`The provider told of something that nobody bought here. If nothing else is sold with its account, look it up there.`,
    checkout_stuck: t`A purchase does not finish. Look at the provider whether it was paid.`,
    checkout_refunded: t`It was paid for what could not be had any more, and the money went back.`,
    look_failed: t`The provider could not be asked how the workspace stands there. It is tried again.`,
  };
  return (
    <li className={css.row}>
      <span className={css.name}>
        <b>{kinds[trouble.kind]}</b>
        <small>
          {workspace && (
            <>
              <Link to={paths.operatedWorkspace(workspace.id)} className={money.link}>
                {workspace.name}
              </Link>{' '}
              ·{' '}
            </>
          )}
          {what} · <code>{object}</code>
          {attempts > 0 && (
            <>
              {' '}
              · <Plural value={attempts} one="tried once" other="tried # times" />
            </>
          )}
          {cause && ` · ${cause}`}
        </small>
      </span>
      <span className={css.quiet}>
        <When at={at} />
      </span>
    </li>
  );
}
