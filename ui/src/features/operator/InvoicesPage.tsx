import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import {
  type OperatorInvoiceView,
  operatorInvoicesListInfiniteOptions,
  operatorSellerShowOptions,
} from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, Field, Notice, Page, Select } from '@/design';
import { InvoiceState } from '@/features/money/invoices/InvoiceState';
import money from '@/features/money/money.module.css';
import { useMoney } from '@/features/money/useMoney';
import css from '@/features/settings/ListPage.module.css';
import { useTimes } from '@/i18n/time';
import { type Act, InvoiceDialog } from './invoices/InvoiceDialog';
import { SellerDialog } from './invoices/SellerDialog';
import { Listed } from './Listed';
import { paged } from './operator';

type State = OperatorInvoiceView['invoice']['state'];

/** Which invoices are shown; those that wait unless it says otherwise. */
export interface InvoicesSearch {
  state?: Exclude<State, 'open'>;
}

/** The invoices of all workspaces by their state, and what the operator says about those that wait. */
export default function InvoicesPage() {
  const { t } = useLingui();
  const { state = 'open' } = useSearch({ from: '/member/admin/invoices' });
  const navigate = useNavigate({ from: '/admin/invoices' });
  const choose = (state: State) =>
    void navigate({ search: state === 'open' ? {} : { state }, replace: true });
  const invoices = useInfiniteQuery({
    ...operatorInvoicesListInfiniteOptions({ query: { state } }),
    ...paged,
  });
  const [asked, setAsked] = useState<{ shown: OperatorInvoiceView; act: Act }>();
  const seller = useQuery({ ...operatorSellerShowOptions(), staleTime: 0 }).data?.seller;
  const [saying, setSaying] = useState(false);
  const states: Record<State, string> = {
    open: t`To be paid`,
    paid: t`Already paid`,
    void: t`Were taken back`,
    uncollectible: t`Were given up`,
  };
  useTitle(t`Invoices`);
  return (
    <Page
      title={t`Invoices`}
      description={t`Of all workspaces. What was ordered by invoice is had once you mark it as paid.`}
      actions={
        seller !== null && (
          <Button
            blocked={seller ? undefined : t`It is not known yet who they are from`}
            onClick={() => setSaying(true)}
          >
            {t`Who they are from…`}
          </Button>
        )
      }
    >
      {seller === null && (
        <Notice
          title={t`Invoices name no seller yet`}
          actions={<Button onClick={() => setSaying(true)}>{t`Say who they are from…`}</Button>}
        >
          {t`Those that you collect yourself have nobody at their head. Say once for all workspaces who they are from, with the address and the tax number that belong on an invoice where you are.`}
        </Notice>
      )}
      <Listed
        title={t`Invoices`}
        pages={invoices}
        failed={t`The invoices could not be loaded`}
        filter={
          <Field label={t`State`}>
            <Select value={state} onChange={(event) => choose(event.target.value as State)}>
              {Object.entries(states).map(([state, text]) => (
                <option key={state} value={state}>
                  {text}
                </option>
              ))}
            </Select>
          </Field>
        }
        empty={
          <EmptyState
            icon={<ReceiptText size={28} aria-hidden="true" />}
            title={state === 'open' ? t`No invoice waits` : t`No invoice is in this state`}
          >
            {state === 'open'
              ? t`What workspaces order by invoice stands here until it is paid, and the invoices of each period.`
              : t`Choose another state above.`}
          </EmptyState>
        }
      >
        {(items) => (
          <ul className={css.list}>
            {items.map((shown) => (
              <Row key={shown.invoice.id} shown={shown} onAsk={(act) => setAsked({ shown, act })} />
            ))}
          </ul>
        )}
      </Listed>
      {asked && <InvoiceDialog {...asked} onClose={() => setAsked(undefined)} />}
      {saying && seller !== undefined && <SellerDialog seller={seller} onClose={() => setSaying(false)} />}
    </Page>
  );
}

function Row({ shown, onAsk }: { shown: OperatorInvoiceView; onAsk: (act: Act) => void }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const { invoice, workspace } = shown;
  const sum = useMoney(invoice.currency)(invoice.total);
  const { number } = invoice;
  // What a payment provider shows it collects as well.
  const blocked = invoice.hosted_url ? t`The payment provider collects this one.` : undefined;
  return (
    <li className={css.row}>
      <span className={css.name}>
        <b>
          {number} · {sum}
        </b>
        <small>
          <Link to={paths.operatedWorkspace(workspace.id)} className={money.link}>
            {workspace.name}
          </Link>{' '}
          · {t`issued on ${date(invoice.issued_at)}`}
        </small>
      </span>
      <InvoiceState invoice={invoice} />
      <span className={css.end}>
        {invoice.state === 'open' ? (
          <>
            <Button blocked={blocked} aria-label={t`Take back ${number}…`} onClick={() => onAsk('void')}>
              {t`Take back…`}
            </Button>
            <Button
              variant="primary"
              blocked={blocked}
              aria-label={t`Mark as paid: ${number}`}
              onClick={() => onAsk('pay')}
            >
              {t`Mark as paid…`}
            </Button>
          </>
        ) : (
          <Button aria-label={t`Show the lines of ${number}`} onClick={() => onAsk('show')}>
            {t`Show the lines`}
          </Button>
        )}
      </span>
    </li>
  );
}
