import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import type { MemberView } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { EmptyState, ErrorState, Section, Skeleton } from '@/design';
import { When } from '@/i18n/When';
import { PersonCell } from './PersonCell';
import { peopleOptions } from './people';
import css from './Table.module.css';

/** Who left or was removed; their page tells what moved where. */
export default function FormerPage() {
  const { t } = useLingui();
  const people = useQuery(peopleOptions(useWorkspaceId(), 'ended'));
  return (
    <Section title={t`Former members`} hideTitle flush>
      {people.isPending ? (
        <Skeleton lines={4} label={t`Loading`} />
      ) : people.isError ? (
        <ErrorState
          title={t`The members could not be loaded`}
          error={people.error}
          onRetry={() => void people.refetch()}
        />
      ) : people.data.length === 0 ? (
        <EmptyState icon={<UsersRound size={28} aria-hidden="true" />} title={t`Nobody has left`}>
          {t`Who leaves or is removed stands here, with what became of their conversations. What they wrote keeps their name.`}
        </EmptyState>
      ) : (
        <Table people={people.data} />
      )}
    </Section>
  );
}

function Table({ people }: { people: MemberView[] }) {
  const { t } = useLingui();
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Role`}</th>
            <th scope="col">{t`Gone since`}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((member) => (
            <tr key={member.id} className={css.away}>
              <th scope="row">
                <PersonCell member={member} />
              </th>
              <td className={css.fact} data-label={t`Role`}>
                {member.role.label}
              </td>
              <td className={css.fact} data-label={t`Gone since`}>
                {member.ended_at && <When at={member.ended_at} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
