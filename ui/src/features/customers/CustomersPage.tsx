import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EyeOff, Lock, Users } from 'lucide-react';
import { type CustomerView, customersList } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Avatar, Button, EmptyState, ErrorState, Skeleton, WhyButton } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import { useTimes } from '@/i18n/time';
import css from './CustomersPage.module.css';

const PAGE = 50;

export default function CustomersPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const { q = '' } = useSearch({ from: '/w/$workspace/customers' });
  const [text, setText] = useSearchText(q, (next) =>
    navigate({ to: paths.customers(workspace), search: next ? { q: next } : {}, replace: true }),
  );
  useTitle(t`Customers`);
  const blocked = useBlockedHere()('customer.view');
  const query = useInfiniteQuery({
    queryKey: ['customers', workspace, q],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await customersList({
        path: { workspace_id: workspace },
        query: { limit: PAGE, ...(q && { q }), ...(pageParam && { cursor: pageParam }) },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
    enabled: !blocked,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <main className={css.page}>
      <header className={css.header}>
        <h1 className={css.title}>{t`Customers`}</h1>
        <SearchField label={t`Search customers`} value={text} onChange={setText} />
      </header>
      {blocked ? (
        <EmptyState
          icon={<Lock size={28} aria-hidden="true" />}
          title={t`You do not see customers`}
          action={<WhyButton blocked={blocked} />}
        >
          {blocked.reason}
        </EmptyState>
      ) : query.isPending ? (
        <Skeleton lines={10} label={t`Loading customers`} />
      ) : query.isError && rows.length === 0 ? (
        <ErrorState
          title={t`The customers could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : rows.length === 0 ? (
        <Empty q={q} onClear={() => setText('')} />
      ) : (
        <Table rows={rows} workspace={workspace} />
      )}
      {query.hasNextPage && (
        <Button
          className={css.more}
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </main>
  );
}

function Empty({ q, onClear }: { q: string; onClear: () => void }) {
  const { t } = useLingui();
  if (q) {
    return (
      <EmptyState
        title={t`Nobody matches “${q}”`}
        action={<Button onClick={onClear}>{t`Clear the search`}</Button>}
      />
    );
  }
  return (
    <EmptyState icon={<Users size={30} aria-hidden="true" />} title={t`No customers yet`}>
      {t`Everyone who writes to you appears here.`}
    </EmptyState>
  );
}

function Table({ rows, workspace }: { rows: CustomerView[]; workspace: string }) {
  const { t } = useLingui();
  const times = useTimes();
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Email`}</th>
            <th scope="col" className={css.wide}>{t`Phone`}</th>
            <th scope="col" className={css.wide}>{t`First seen`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to={paths.customer(workspace, row.id)} className={css.name}>
                  <Avatar name={row.display_name} />
                  <span>{row.display_name}</span>
                </Link>
              </th>
              <td>
                <Maskable customer={row} field="email" />
              </td>
              <td className={css.wide}>
                <Maskable customer={row} field="phone" />
              </td>
              <td className={css.wide}>
                <time dateTime={row.first_seen_at} title={times.full(row.first_seen_at)}>
                  {times.ago(row.first_seen_at)}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Maskable({ customer, field }: { customer: CustomerView; field: 'email' | 'phone' }) {
  const { t } = useLingui();
  const masked = customer.masked_fields.includes(field);
  return (
    <span className={css.value}>
      {customer[field] ?? '–'}
      {masked && (
        <>
          <EyeOff size={13} aria-hidden="true" />
          <span className="visually-hidden">{t`(masked)`}</span>
        </>
      )}
    </span>
  );
}
