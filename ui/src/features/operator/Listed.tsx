import { useLingui } from '@lingui/react/macro';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, ErrorState, Section, Skeleton } from '@/design';
import css from '@/features/money/table.module.css';

interface Props<Item> {
  title: string;
  pages: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>, unknown>;
  /** What could not be loaded, as a sentence. */
  failed: string;
  /** What narrows it, above it. */
  filter?: ReactNode;
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list that comes in pages, with all that can be said in its place. */
export function Listed<Item>({ title, pages, failed, filter, empty, children }: Props<Item>) {
  const { t } = useLingui();
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={title} hideTitle flush>
      {filter && <search className={css.filters}>{filter}</search>}
      {pages.isPending ? (
        <Skeleton lines={6} label={t`Loading`} />
      ) : pages.isError && items.length === 0 ? (
        <ErrorState title={failed} error={pages.error} onRetry={() => void pages.refetch()} />
      ) : items.length === 0 ? (
        empty
      ) : (
        children(items)
      )}
      {pages.hasNextPage && (
        <div className={css.more}>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </div>
      )}
    </Section>
  );
}
