import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  type OperatorWorkspaceDetail,
  operatorCataloguesListOptions,
  operatorWorkspaceShowOptions,
} from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Button, ErrorState, Page, Section, Skeleton } from '@/design';
import { Lines } from '@/features/money/Lines';
import { Meter } from '@/features/money/Meter';
import money from '@/features/money/money.module.css';
import { useMeterName } from '@/features/money/useMeterName';
import list from '@/features/settings/ListPage.module.css';
import { useTimes } from '@/i18n/time';
import { useNumber } from '@/i18n/useNumber';
import { LOOK_MS } from './operator';
import css from './operator.module.css';
import { AssignPlanDialog } from './workspaces/AssignPlanDialog';
import { ContractSeatsDialog } from './workspaces/ContractSeatsDialog';
import { Standings } from './workspaces/Standings';

/** What a workspace has, uses and pays, and another plan for it. */
export default function WorkspacePage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/member/admin/workspaces/$id' });
  const shown = useQuery({
    ...operatorWorkspaceShowOptions({ path: { workspace_id: id } }),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
  const [open, setOpen] = useState<'plan' | 'seats' | null>(null);
  const close = () => setOpen(null);
  const name = shown.data?.workspace.name ?? t`Workspace`;
  useTitle(name);
  return (
    <Page
      title={name}
      description={shown.data && <Standings workspace={shown.data.workspace} />}
      back={
        <Link to={paths.operator('workspaces')} className={list.back}>
          <ArrowLeft size={15} aria-hidden="true" />
          {t`Workspaces`}
        </Link>
      }
      actions={
        shown.data && (
          <>
            <Button
              onClick={() => setOpen('seats')}
              blocked={
                shown.data.workspace.seat_billing === 'contract'
                  ? undefined
                  : t`The plans of this catalogue say themselves how many seats there are`
              }
            >
              {t`Seats of the contract…`}
            </Button>
            <Button variant="primary" onClick={() => setOpen('plan')}>
              {t`Assign a plan…`}
            </Button>
          </>
        )
      }
    >
      {shown.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : shown.isError ? (
        <ErrorState
          title={t`The workspace could not be loaded`}
          error={shown.error}
          onRetry={() => void shown.refetch()}
        />
      ) : (
        <>
          <Facts shown={shown.data} onTakeNewest={() => setOpen('plan')} />
          <Usage shown={shown.data} />
          <Next shown={shown.data} />
          {open === 'plan' && <AssignPlanDialog workspace={shown.data.workspace} onClose={close} />}
          {open === 'seats' && <ContractSeatsDialog workspace={shown.data.workspace} onClose={close} />}
        </>
      )}
    </Page>
  );
}

interface FactsProps {
  shown: OperatorWorkspaceDetail;
  onTakeNewest: () => void;
}

function Facts({ shown: { workspace, owner_email, billing }, onTakeNewest }: FactsProps) {
  const { t } = useLingui();
  const { date } = useTimes();
  const number = useNumber();
  const { data: catalogues } = useQuery(operatorCataloguesListOptions());
  const newest = catalogues?.items.find((known) => known.newest && known.catalogue.id === workspace.catalogue)
    ?.catalogue.version;
  const tills = { none: t`Nobody: nothing is sold`, manual: t`You, by invoice`, stripe: t`Stripe` };
  const facts: [string, ReactNode][] = [
    [
      t`Owner`,
      <a key="owner" href={`mailto:${owner_email}`}>{`${workspace.owner_name} <${owner_email}>`}</a>,
    ],
    [
      t`Plan`,
      billing.next_plan
        ? t`${workspace.plan_name}; from ${date(workspace.period_end)} on ${billing.next_plan.name}`
        : workspace.plan_name,
    ],
    [
      t`Catalogue`,
      <span key="catalogue" className={css.badges}>
        <Link
          to={paths.operatedCatalogue(workspace.catalogue)}
          search={{ version: workspace.catalogue_version }}
        >
          {t`${workspace.catalogue}, version ${workspace.catalogue_version}`}
        </Link>
        {newest !== undefined && newest > workspace.catalogue_version && (
          <Button size="s" onClick={onTakeNewest}>
            {t`Take version ${newest}…`}
          </Button>
        )}
      </span>,
    ],
    ...(workspace.seat_billing === 'contract'
      ? [
          [
            t`Seats of the contract`,
            workspace.contract_seats === null ? t`as the plan says` : number(workspace.contract_seats),
          ] as [string, ReactNode],
        ]
      : []),
    [t`How often is paid`, workspace.interval === 'month' ? t`by the month` : t`by the year`],
    [
      t`Period`,
      billing.cancel_at_period_end
        ? t`ends on ${date(workspace.period_end)}, and the plan with it`
        : t`until ${date(workspace.period_end)}`,
    ],
    [t`Who takes the money`, tills[workspace.till]],
    ...(workspace.credits === null
      ? []
      : [[t`Credits that are left`, number(workspace.credits)] as [string, ReactNode]]),
    [t`Since`, date(workspace.created_at)],
    [t`Id`, <code key="id">{workspace.id}</code>],
  ];
  return (
    <Section title={t`Plan`}>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={css.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Usage({ shown: { billing } }: { shown: OperatorWorkspaceDetail }) {
  const { t } = useLingui();
  const name = useMeterName();
  const { date } = useTimes();
  return (
    <Section title={t`Included and used`}>
      <div className={money.meters}>
        {billing.gauges.map(({ meter, used, cap, over_since }) => (
          <Meter key={meter} label={name(meter)} used={used} limit={cap}>
            {over_since && t`More than the plan has since ${date(over_since)}.`}
          </Meter>
        ))}
        {billing.meters.map(({ meter, used, included }) => (
          <Meter key={meter} label={name(meter)} used={used} limit={included} />
        ))}
      </div>
    </Section>
  );
}

function Next({ shown: { billing } }: { shown: OperatorWorkspaceDetail }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const next = billing.next_invoice;
  if (!next) return null;
  return (
    <Section title={t`Next invoice`} description={t`On ${date(next.at)}, if nothing changes until then.`}>
      <Lines
        caption={t`Next invoice`}
        lines={next.lines}
        total={[t`Total`, next.total]}
        currency={billing.currency}
      />
    </Section>
  );
}
