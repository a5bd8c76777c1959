import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { billingBuyerShowOptions, type InvoiceView, invoicesList, invoicesListQueryKey } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import { useBilling } from './billing';
import { BuyerDialog } from './invoices/BuyerDialog';
import { InvoiceState } from './invoices/InvoiceState';
import { invoiceDocument } from './invoices/invoiceDocument';
import css from './table.module.css';
import { useMoney } from './useMoney';

/** Every invoice, newest first, and the way to each as a page to print. */
export default function InvoicesPage() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('billing.view');
  const invoices = useInfiniteQuery({
    queryKey: [...invoicesListQueryKey({ path }), 'pages'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await invoicesList({ path, query: pageParam ? { cursor: pageParam } : {}, signal })).data,
    getNextPageParam: (page) => page.next_cursor,
    enabled: !blocked,
    // One that waits may have been paid meanwhile.
    staleTime: 0,
  });
  // A payment provider asks the payer itself.
  const isOurs = useBilling().data?.till === 'manual';
  const items = invoices.data?.pages.flatMap((page) => page.items) ?? [];
  useTitle(t`Invoices`);
  return (
    <Page
      title={t`Invoices`}
      description={t`What was charged, to the cent, and whether it is paid.`}
      actions={isOurs && <Buyer />}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : (
        <Section title={t`Invoices`} hideTitle flush>
          {invoices.isPending ? (
            <Skeleton lines={5} label={t`Loading`} />
          ) : invoices.isError ? (
            <ErrorState
              title={t`The invoices could not be loaded`}
              error={invoices.error}
              onRetry={() => void invoices.refetch()}
            />
          ) : items.length === 0 ? (
            <EmptyState icon={<ReceiptText size={28} aria-hidden="true" />} title={t`No invoice yet`}>
              {t`Each plan, add-on and period that is charged gets one, and it stays here.`}
            </EmptyState>
          ) : (
            <Table invoices={items} />
          )}
          {invoices.hasNextPage && (
            <div className={css.more}>
              <Button busy={invoices.isFetchingNextPage} onClick={() => void invoices.fetchNextPage()}>
                {t`Show more`}
              </Button>
            </div>
          )}
        </Section>
      )}
    </Page>
  );
}

/** Whom invoices are for, as the workspace says it. */
function Buyer() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const buyer = useQuery({ ...billingBuyerShowOptions({ path }), staleTime: 0 }).data?.buyer;
  const denied = useBlockedHere()('billing.manage');
  const [saying, setSaying] = useState(false);
  const unknown = buyer === undefined ? t`It is not known yet whom they are for` : undefined;
  return (
    <>
      <Button blocked={denied ?? unknown} onClick={() => setSaying(true)}>
        {t`Whom they are for…`}
      </Button>
      {saying && buyer !== undefined && <BuyerDialog buyer={buyer} onClose={() => setSaying(false)} />}
    </>
  );
}

function Table({ invoices }: { invoices: InvoiceView[] }) {
  const { t } = useLingui();
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Number`}</th>
            <th scope="col" className={css.wide}>
              {t`Issued`}
            </th>
            <th scope="col">{t`State`}</th>
            <th scope="col" className={css.number}>
              {t`Amount`}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t`Open`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ invoice }: { invoice: InvoiceView }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const workspace = useWorkspaceId();
  const money = useMoney(invoice.currency);
  return (
    <tr>
      <th scope="row">{invoice.number}</th>
      <td className={css.wide}>{date(invoice.issued_at)}</td>
      <td className={css.state}>
        <InvoiceState invoice={invoice} />
      </td>
      <td className={css.number}>{money(invoice.total)}</td>
      <td className={css.end}>
        <a
          href={invoice.hosted_url ?? invoiceDocument(workspace, invoice.id)}
          target="_blank"
          rel="noreferrer"
          aria-label={t`Open invoice ${invoice.number}`}
        >
          {t`Open`}
        </a>
      </td>
    </tr>
  );
}
