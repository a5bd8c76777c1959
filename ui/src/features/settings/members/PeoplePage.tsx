import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import type { MemberView } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, EmptyState, ErrorState, Field, Section, Select, Skeleton } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import { matching, type PeopleSearch } from './filter';
import css from './PeoplePage.module.css';
import { PeopleTable } from './PeopleTable';
import { peopleOptions } from './people';
import { useInvite } from './useInvite';

/** Who may be here: found by name, role and status. */
export default function PeoplePage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('member.view');
  const people = useQuery({ ...peopleOptions(useWorkspaceId(), 'here'), enabled: !blocked });
  return (
    <Section title={t`Team`} hideTitle flush>
      {people.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : people.isError ? (
        <ErrorState
          title={t`The members could not be loaded`}
          error={people.error}
          onRetry={() => void people.refetch()}
        />
      ) : (
        <People people={people.data} />
      )}
    </Section>
  );
}

function People({ people }: { people: MemberView[] }) {
  const { t } = useLingui();
  const search = useSearch({ from: '/w/$workspace/settings/members/' });
  const shown = matching(people, search);
  return (
    <>
      {people.length > 1 && <Filter people={people} search={search} />}
      {shown.length > 0 ? (
        <PeopleTable people={shown} />
      ) : (
        <EmptyState title={t`Nobody here matches`} action={<ClearFilter />}>
          {t`No member has this name or address, in this role and status.`}
        </EmptyState>
      )}
      {people.length === 1 && <Alone />}
    </>
  );
}

function useSetSearch() {
  const navigate = useNavigate({ from: '/w/$workspace/settings/members/' });
  return (next: Partial<PeopleSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
}

function ClearFilter() {
  const { t } = useLingui();
  const set = useSetSearch();
  return (
    <Button
      onClick={() => set({ q: undefined, role: undefined, status: undefined })}
    >{t`Show everybody`}</Button>
  );
}

function Filter({ people, search }: { people: MemberView[]; search: PeopleSearch }) {
  const { t } = useLingui();
  const set = useSetSearch();
  const [text, setText] = useSearchText(search.q ?? '', (q) => set({ q: q || undefined }));
  const roles = new Map(people.map(({ role }) => [role.key, role.label]));
  return (
    <search className={css.filter}>
      <SearchField label={t`Find by name or address`} value={text} onChange={setText} />
      <Field label={t`Role`} hideLabel>
        <Select
          value={search.role ?? ''}
          onChange={(event) => set({ role: event.target.value || undefined })}
        >
          <option value="">{t`Every role`}</option>
          {[...roles].map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Status`} hideLabel>
        <Select
          value={search.status ?? ''}
          onChange={(event) => set({ status: (event.target.value || undefined) as PeopleSearch['status'] })}
        >
          <option value="">{t`Active or not`}</option>
          <option value="active">{t`Active`}</option>
          <option value="inactive">{t`Not active`}</option>
        </Select>
      </Field>
    </search>
  );
}

function Alone() {
  const { t } = useLingui();
  const invite = useInvite();
  return (
    <EmptyState
      icon={<UserPlus size={28} aria-hidden="true" />}
      title={t`You are alone here`}
      action={invite.blocked ? undefined : <Button onClick={invite.open}>{t`Invite colleagues`}</Button>}
    >
      {t`Colleagues share the inbox with you: everyone sees who answers what, and nobody answers twice. Start with two or three, and add more as the work grows.`}
    </EmptyState>
  );
}
