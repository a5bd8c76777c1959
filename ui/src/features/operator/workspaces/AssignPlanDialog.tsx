import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type OperatorWorkspaceView,
  operatorCatalogueShowOptions,
  operatorCataloguesListOptions,
  operatorPlanPut,
  type PlanView,
} from '@/api';
import { Button, Dialog, Select, toast } from '@/design';
import money from '@/features/money/money.module.css';
import { IntervalChoice } from '@/features/money/plan/IntervalChoice';
import { useTerms } from '@/features/money/useTerms';
import { Form, FormField } from '@/form';
import { useOperatorChange, useOperatorMessages } from '../operator';

interface Props {
  workspace: OperatorWorkspaceView;
  onClose: () => void;
}

/** Puts a workspace on a plan, also on one that nobody can buy; says first what that changes. */
export function AssignPlanDialog({ workspace, onClose }: Props) {
  const { t } = useLingui();
  const messages = useOperatorMessages();
  const [catalogue, setCatalogue] = useState(workspace.catalogue);
  const [chosen, setChosen] = useState(workspace.plan);
  const [interval, setInterval] = useState(workspace.interval);
  const catalogues = useQuery(operatorCataloguesListOptions()).data?.items.filter(({ newest }) => newest);
  const offered = useQuery(operatorCatalogueShowOptions({ path: { catalogue_id: catalogue } })).data;
  const stands = useQuery(
    operatorCatalogueShowOptions({
      path: { catalogue_id: workspace.catalogue },
      query: { version: workspace.catalogue_version },
    }),
  ).data;
  const before = stands?.plans.find(({ id }) => id === workspace.plan);
  const plan = offered?.plans.find(({ id }) => id === chosen) ?? offered?.plans[0];
  const changes =
    catalogue !== workspace.catalogue ||
    offered?.catalogue.version !== workspace.catalogue_version ||
    plan?.id !== workspace.plan ||
    interval !== workspace.interval;
  const assign = useOperatorChange(
    (plan: string) =>
      operatorPlanPut({ path: { workspace_id: workspace.id }, body: { catalogue, plan, interval } }),
    ({ name, plan_name }) => {
      toast({ title: t`${name} is on ${plan_name}` });
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Assign a plan to ${workspace.name}`}
      description={t`It begins now and goes before whatever ran: a trial, a cancellation, an overdue payment. Nothing is charged for it; from the next period on the money is taken as this server takes it.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="assign"
            variant="primary"
            busy={assign.isPending}
            blocked={plan ? undefined : t`The plans are not known yet`}
          >
            {t`Assign`}
          </Button>
        </>
      }
    >
      <Form
        id="assign"
        error={assign.error}
        messages={messages}
        onSubmit={() => plan && !assign.isPending && assign.mutate(plan.id)}
      >
        <FormField
          name="catalogue"
          label={t`Catalogue`}
          hint={
            catalogue === workspace.catalogue
              ? t`Its newest version is taken; so far it stands on version ${workspace.catalogue_version}.`
              : t`What was bought beside the old plan ends with the old catalogue.`
          }
        >
          <Select value={catalogue} onChange={(event) => setCatalogue(event.target.value)}>
            {(catalogues ?? [offered].filter((one) => one !== undefined)).map(
              ({ catalogue: { id, title, version } }) => (
                <option key={id} value={id}>
                  {t`${title} (${id}, version ${version})`}
                </option>
              ),
            )}
          </Select>
        </FormField>
        <FormField name="plan" label={t`Plan`}>
          <Select value={plan?.id ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {offered?.plans.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </FormField>
        <IntervalChoice value={interval} onChange={setInterval} />
        {before && stands && changes && (
          <Terms isSoFar plan={before} interval={workspace.interval} currency={stands.catalogue.currency} />
        )}
        {plan && offered && <Terms plan={plan} interval={interval} currency={offered.catalogue.currency} />}
      </Form>
    </Dialog>
  );
}

/** What the plan costs and has, in a line. */
function Terms({
  isSoFar = false,
  plan,
  interval,
  currency,
}: {
  isSoFar?: boolean;
  plan: PlanView;
  interval: OperatorWorkspaceView['interval'];
  currency: string;
}) {
  const { t } = useLingui();
  const { amount, price } = useTerms(currency);
  const cost = price(interval === 'month' ? plan.monthly : plan.yearly);
  const seats = amount(plan.included_full_seats);
  const credits = amount(plan.credits_monthly);
  return (
    <p className={money.quiet} aria-live="polite">
      {isSoFar
        ? t`So far ${plan.name}: ${cost}; full seats included: ${seats}; credits a month: ${credits}.`
        : t`Price: ${cost}. Full seats included: ${seats}. Credits a month: ${credits}.`}
    </p>
  );
}
