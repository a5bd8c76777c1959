import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Merge, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { asProblem, type CustomerView, customerShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Avatar, Badge, EmptyState, ErrorState, IconButton, Skeleton } from '@/design';
import { soon, TypeAhead } from '@/design/soon';
import { withTexts } from '@/i18n';
import { useBlocked } from '@/i18n/reason';
import { CustomerConversations } from './CustomerConversations';
import { CustomerDetails } from './CustomerDetails';
import { CustomerLabels } from './CustomerLabels';
import { CustomerMerges } from './CustomerMerges';
import { CustomerNotes } from './CustomerNotes';
import css from './CustomerProfile.module.css';
import { EditCustomerDialog } from './EditCustomerDialog';

/** A customer in a narrow column: beside a conversation, and on a page of their own. */
export function CustomerProfile({ id, current }: { id: string; current?: string }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const query = useQuery(customerShowOptions({ path: { workspace_id: workspace, customer_id: id } }));
  if (query.isPending) return <Skeleton lines={8} label={t`Loading the customer`} />;
  if (query.isError) {
    return asProblem(query.error)?.status === 404 ? (
      <EmptyState title={t`This customer is not visible to you`} />
    ) : (
      <ErrorState
        title={t`The customer could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <>
      <Identity customer={query.data} linked={current !== undefined} />
      <CustomerLabels customer={query.data} />
      <CustomerNotes customer={query.data} current={current} />
      <section className={css.section} aria-label={t({ message: 'Details', context: 'customer' })}>
        <DetailsHeader customer={query.data} linked={current !== undefined} />
        <CustomerDetails customer={query.data} />
      </section>
      <CustomerMerges customer={query.data} />
      <TasksSection customer={id} conversation={current} />
      <section className={css.section} aria-label={t`Conversations`}>
        <h3 className={css.heading}>{current ? t`Earlier conversations` : t`Conversations`}</h3>
        <CustomerConversations customer={id} except={current} />
      </section>
    </>
  );
}

/** It reads dates in words, so it comes when somebody looks at a customer. */
const CustomerTasks = lazy(() => withTexts('tasks', () => import('@/features/tasks/CustomerTasks')));

function TasksSection({ customer, conversation }: { customer: string; conversation: string | undefined }) {
  const { t } = useLingui();
  if (useBlockedHere()('task.view')) return null;
  return (
    <section className={css.section} aria-label={t`Tasks`}>
      <h3 className={css.heading}>{t`Tasks`}</h3>
      <Suspense fallback={<Skeleton lines={2} label={t`Loading`} />}>
        <CustomerTasks customer={customer} conversation={conversation} />
      </Suspense>
    </section>
  );
}

function Identity({ customer, linked }: { customer: CustomerView; linked: boolean }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  return (
    <header className={css.identity}>
      <Avatar name={customer.display_name} size={60} />
      <h2 className={css.name}>
        {linked ? (
          <Link to={paths.customer(workspace, customer.id)}>{customer.display_name}</Link>
        ) : (
          customer.display_name
        )}
      </h2>
      <Badge tone={customer.identified ? 'ok' : 'neutral'}>
        {customer.identified ? t`Signed in on the website` : t`Visitor`}
      </Badge>
    </header>
  );
}

/** It searches and compares, so it comes when somebody wants to. */
const MergeCustomerDialog = soon(
  () => withTexts('inbox', () => import('./MergeCustomerDialog')).then((it) => it.MergeCustomerDialog),
  TypeAhead,
);

function DetailsHeader({ customer, linked }: { customer: CustomerView; linked: boolean }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [merging, setMerging] = useState(false);
  const blocked = useBlocked()(customer, 'customer.edit');
  return (
    <header className={css.header}>
      <h3 className={css.heading}>{t({ message: 'Details', context: 'customer' })}</h3>
      <span>
        <IconButton
          size="s"
          label={t`Merge with another customer`}
          blocked={blocked}
          onClick={() => setMerging(true)}
        >
          <Merge size={14} aria-hidden="true" />
        </IconButton>
        <IconButton size="s" label={t`Edit the details`} blocked={blocked} onClick={() => setEditing(true)}>
          <Pencil size={14} aria-hidden="true" />
        </IconButton>
      </span>
      {editing && <EditCustomerDialog customer={customer} onClose={() => setEditing(false)} />}
      {merging && (
        <MergeCustomerDialog
          customer={customer}
          onClose={() => setMerging(false)}
          onMerged={(into) => {
            // Beside a conversation it is the conversation that says whose it is.
            if (!linked) void navigate({ to: paths.customer(workspace, into) });
          }}
        />
      )}
    </header>
  );
}
