import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { apiKeysListInfiniteOptions } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, EmptyState, ErrorState, Section, Skeleton } from '@/design';
import css from './KeyList.module.css';
import { KeyRow } from './KeyRow';

const PAGE = 50;

interface Props {
  status: 'active' | 'ended';
  /** The way to make the first one. */
  create?: ReactNode;
}

/** The keys that are good, or those that are not any more; of the latter nothing is said where there are none. */
export function KeyList({ status, create }: Props) {
  const { t } = useLingui();
  const page = { path: { workspace_id: useWorkspaceId() }, query: { status, limit: PAGE } };
  const keys = useInfiniteQuery({
    ...apiKeysListInfiniteOptions(page),
    initialPageParam: page,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = keys.data?.pages.flatMap((page) => page.items) ?? [];
  const ended = status === 'ended';
  if (ended && !keys.isError && rows.length === 0) return null;
  return (
    <Section title={ended ? t`Ended keys` : t`Keys in use`} flush>
      {keys.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : keys.isError && rows.length === 0 ? (
        <ErrorState
          title={t`The keys could not be loaded`}
          error={keys.error}
          onRetry={() => void keys.refetch()}
        />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<KeyRound size={28} aria-hidden="true" />}
          title={t`No key is in use`}
          action={create}
        >
          {t`A key lets a program read and answer here: a nightly report, your own app, a script. You choose what it may do and for how long, and can end it at any moment.`}
        </EmptyState>
      ) : (
        <>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t`Name`}</th>
                <th scope="col">{t`May`}</th>
                <th scope="col">{t`Made by`}</th>
                <th scope="col">{t`Last used`}</th>
                <th scope="col">{t`Status`}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </tbody>
          </table>
          {keys.hasNextPage && (
            <Button
              className={css.more}
              busy={keys.isFetchingNextPage}
              onClick={() => void keys.fetchNextPage()}
            >
              {t`Show more`}
            </Button>
          )}
        </>
      )}
    </Section>
  );
}
