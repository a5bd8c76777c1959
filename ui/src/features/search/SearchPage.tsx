import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import type { SearchHitView } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Avatar, Badge, Button, EmptyState, ErrorState, Skeleton, WhyButton } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import { useTimes } from '@/i18n/time';
import { Marked } from './Marked';
import css from './SearchPage.module.css';
import { keyOf, placeOf, useHits } from './useHits';

export default function SearchPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const blocked = useBlockedHere()('search.use');
  const { q = '' } = useSearch({ from: '/w/$workspace/search' });
  const [text, setText] = useSearchText(q, (next) =>
    navigate({ to: paths.search(workspace), search: next ? { q: next } : {}, replace: true }),
  );
  useTitle(q ? t`Search: ${q}` : t`Search`);
  const query = useHits(workspace, blocked ? '' : q);
  const hits = query.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <main className={css.page}>
      <h1 className={css.title}>{t`Search`}</h1>
      {blocked ? (
        <EmptyState title={t`You cannot search here`} action={<WhyButton blocked={blocked} />}>
          {blocked.reason}
        </EmptyState>
      ) : (
        <>
          <SearchField label={t`Search messages and customers`} value={text} onChange={setText} autoFocus />
          {q === '' ? (
            <p
              className={css.hint}
            >{t`Words are found whatever their case and accents; the last one may be unfinished.`}</p>
          ) : query.isPending ? (
            <Skeleton lines={8} label={t`Searching`} />
          ) : query.isError ? (
            <ErrorState
              title={t`The search failed`}
              error={query.error}
              onRetry={() => void query.refetch()}
            />
          ) : hits.length === 0 ? (
            <EmptyState icon={<SearchX size={28} aria-hidden="true" />} title={t`Nothing found for “${q}”`} />
          ) : (
            <ul className={css.hits} aria-label={t`Results`}>
              {hits.map((hit) => (
                <Hit key={keyOf(hit)} hit={hit} q={q} />
              ))}
            </ul>
          )}
          {query.hasNextPage && q !== '' && (
            <Button
              className={css.more}
              busy={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t`Show more`}
            </Button>
          )}
        </>
      )}
    </main>
  );
}

function Hit({ hit, q }: { hit: SearchHitView; q: string }) {
  const { t } = useLingui();
  const times = useTimes();
  const workspace = useWorkspaceId();
  const kinds = {
    message: t`Message`,
    note: t`Note`,
    customer: t`Customer`,
    customer_note: t`Note on the customer`,
  };
  return (
    <li>
      <Link {...placeOf(workspace, hit)} className={css.hit}>
        <Avatar name={hit.customer.display_name} size={36} />
        <div className={css.text}>
          <p className={css.line}>
            <b>{hit.customer.display_name}</b>
            <Badge>{kinds[hit.kind]}</Badge>
            <time dateTime={hit.at} title={times.full(hit.at)}>
              {times.ago(hit.at)}
            </time>
          </p>
          <p className={css.excerpt}>
            <Marked text={hit.excerpt} words={q} />
          </p>
        </div>
      </Link>
    </li>
  );
}
