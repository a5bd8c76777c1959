import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { type OperatorCatalogueDetail, operatorCatalogueShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Button, CodeBlock, ErrorState, Page, Section, Skeleton } from '@/design';
import type { Interval } from '@/features/money/plan/ChangePlanDialog';
import { IntervalChoice } from '@/features/money/plan/IntervalChoice';
import { PlanTable } from '@/features/money/plan/PlanTable';
import list from '@/features/settings/ListPage.module.css';
import { LoadDialog } from './catalogues/LoadDialog';
import css from './operator.module.css';

/** A version of a plan catalogue: what it offers, what of it nobody can buy, and its text to go on from. */
export default function CataloguePage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/member/admin/catalogues/$id' });
  const { version } = useSearch({ from: '/member/admin/catalogues/$id' });
  const shown = useQuery(
    operatorCatalogueShowOptions({ path: { catalogue_id: id }, query: version ? { version } : {} }),
  );
  const [writing, setWriting] = useState(false);
  const title = shown.data?.catalogue.title ?? id;
  const shownVersion = shown.data?.catalogue.version;
  useTitle(title);
  return (
    <Page
      wide
      title={title}
      description={shownVersion !== undefined && t`${id}, version ${shownVersion}`}
      back={
        <Link to={paths.operator('catalogues')} className={list.back}>
          <ArrowLeft size={15} aria-hidden="true" />
          {t`Plan catalogues`}
        </Link>
      }
      actions={
        shown.data && (
          <Button variant="primary" onClick={() => setWriting(true)}>
            {t`Write the next version…`}
          </Button>
        )
      }
    >
      {shown.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : shown.isError ? (
        <ErrorState
          title={t`The catalogue could not be loaded`}
          error={shown.error}
          onRetry={() => void shown.refetch()}
        />
      ) : (
        <>
          <NotForSale shown={shown.data} />
          <Plans shown={shown.data} />
          <Section title={t`As it is written`} description={t`In TOML, to begin the next version from.`}>
            <CodeBlock label={t`The catalogue`} code={shown.data.text} />
          </Section>
          {writing && <LoadDialog begin={shown.data.text} onClose={() => setWriting(false)} />}
        </>
      )}
    </Page>
  );
}

function Plans({ shown }: { shown: OperatorCatalogueDetail }) {
  const { t } = useLingui();
  const [interval, setInterval] = useState<Interval>('month');
  return (
    <Section title={t`Plans and prices`}>
      <IntervalChoice value={interval} onChange={setInterval} />
      <PlanTable plans={shown} interval={interval} />
    </Section>
  );
}

/** What nobody can buy, and why; it can be assigned all the same. */
function NotForSale({ shown: { not_for_sale } }: { shown: OperatorCatalogueDetail }) {
  const { t } = useLingui();
  if (not_for_sale.length === 0) return null;
  const reasons: Record<string, string> = {
    no_till: t`Nothing is sold on this server: nobody takes money.`,
    not_stated: t`Its price is not stated.`,
    negotiated: t`Its price is negotiated with each customer.`,
    not_sold: t`It is not sold.`,
    usage_billed: t`What is used beyond it cannot be billed at the payment provider.`,
  };
  return (
    <Section title={t`Not for sale`} description={t`You can still assign these plans to a workspace.`}>
      <dl className={css.facts}>
        {not_for_sale.map(({ id, name, why }) => (
          <div key={id} className={css.fact}>
            <dt>{name}</dt>
            <dd>{reasons[why] ?? why}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
