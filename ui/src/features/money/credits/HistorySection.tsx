import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Coins, Download } from 'lucide-react';
import { useState } from 'react';
import { type CreditEntryView, client, creditEntriesList, type MemberCreditsView } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, EmptyState, ErrorState, Field, Section, Select, Skeleton } from '@/design';
import { useNumber } from '@/i18n/useNumber';
import { When } from '@/i18n/When';
import { creditEntriesKey } from '../billing';
import css from '../table.module.css';
import { useCauseText, useKindTexts } from './useEntryTexts';

type Kind = CreditEntryView['kind'];
interface Filter {
  kind?: Kind | undefined;
  member_id?: string | undefined;
}

/** Every entry of the ledger that one may see, newest first. */
export function HistorySection({ people }: { people: MemberCreditsView[] }) {
  const { t } = useLingui();
  const workspace_id = useWorkspaceId();
  const [filter, setFilter] = useState<Filter>({});
  const entries = useInfiniteQuery({
    queryKey: [...creditEntriesKey(workspace_id), filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...filter, ...(pageParam && { cursor: pageParam }) };
      return (await creditEntriesList({ path: { workspace_id }, query, signal })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t`History`} actions={<Export filter={filter} />} flush>
      <Filters filter={filter} people={people} onChange={setFilter} />
      {entries.isPending ? (
        <Skeleton lines={5} label={t`Loading`} />
      ) : entries.isError ? (
        <ErrorState
          title={t`The history could not be loaded`}
          error={entries.error}
          onRetry={() => void entries.refetch()}
        />
      ) : items.length === 0 ? (
        <EmptyState icon={<Coins size={28} aria-hidden="true" />} title={t`Nothing here yet`}>
          {t`Grants, purchases and everything that used credits stand here, each with who and what for.`}
        </EmptyState>
      ) : (
        <Table entries={items} />
      )}
      {entries.hasNextPage && (
        <div className={css.more}>
          <Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </div>
      )}
    </Section>
  );
}

interface FiltersProps {
  filter: Filter;
  people: MemberCreditsView[];
  onChange: (filter: Filter) => void;
}

function Filters({ filter, people, onChange }: FiltersProps) {
  const { t } = useLingui();
  const kinds = useKindTexts();
  return (
    <search className={css.filters}>
      <Field label={t`What`}>
        <Select
          value={filter.kind ?? ''}
          onChange={(event) => onChange({ ...filter, kind: (event.target.value || undefined) as Kind })}
        >
          <option value="">{t`Everything`}</option>
          {Object.entries(kinds).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      {people.length > 0 && (
        <Field label={t`Who`}>
          <Select
            value={filter.member_id ?? ''}
            onChange={(event) => onChange({ ...filter, member_id: event.target.value || undefined })}
          >
            <option value="">{t`Everybody`}</option>
            {people.map(({ member }) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </search>
  );
}

/** Hands out what is shown as a file. */
function Export({ filter }: { filter: Filter }) {
  const { t } = useLingui();
  const workspace_id = useWorkspaceId();
  const save = () => {
    const url = '/api/v1/workspaces/{workspace_id}/credits/entries.csv';
    const link = document.createElement('a');
    link.href = client.buildUrl({ url, path: { workspace_id }, query: { ...filter } });
    link.download = '';
    link.click();
  };
  return (
    <Button icon={<Download size={15} aria-hidden="true" />} onClick={save}>
      {t`Export (CSV)`}
    </Button>
  );
}

function Table({ entries }: { entries: CreditEntryView[] }) {
  const { t } = useLingui();
  const number = useNumber();
  const kinds = useKindTexts();
  const cause = useCauseText();
  const hasBalance = entries.some(({ balance }) => balance !== null);
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`When`}</th>
            <th scope="col">{t`What`}</th>
            <th scope="col">{t`Who`}</th>
            <th scope="col" className={css.number}>
              {t`Credits`}
            </th>
            {hasBalance && (
              <th scope="col" className={css.number}>
                {t`Balance`}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq}>
              <td>
                <When at={entry.at} />
              </td>
              <td>{entry.kind === 'consume' ? cause(entry.cause) : kinds[entry.kind]}</td>
              <td>{entry.member?.name ?? '–'}</td>
              <td className={css.number}>
                {entry.amount > 0 ? `+${number(entry.amount)}` : number(entry.amount)}
              </td>
              {hasBalance && (
                <td className={css.number}>{entry.balance !== null && number(entry.balance)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
