import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type MemberView, membersListInfiniteOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Avatar, Badge, Button, EmptyState, ErrorState, LockNote, Section, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './People.module.css';

const PAGE = 50;

export function MemberTable({ onInvite }: { onInvite: (() => void) | undefined }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('member.view');
  const page = { path: { workspace_id: workspace }, query: { limit: PAGE } };
  const members = useInfiniteQuery({
    ...membersListInfiniteOptions(page),
    initialPageParam: page,
    getNextPageParam: (last) => last.next_cursor,
    enabled: !blocked,
  });
  const people = members.data?.pages.flatMap((page) => page.items) ?? [];
  if (blocked) return <LockNote reason={blocked} />;
  return (
    <Section title={t`Team`} flush>
      {members.isPending ? (
        <Skeleton lines={5} label={t`Loading`} />
      ) : members.isError ? (
        <ErrorState
          title={t`The members could not be loaded`}
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      ) : (
        <>
          <ul className={css.list}>
            {people.map((member) => (
              <Member key={member.id} member={member} />
            ))}
          </ul>
          {members.hasNextPage && (
            <Button
              className={css.more}
              busy={members.isFetchingNextPage}
              onClick={() => void members.fetchNextPage()}
            >
              {t`Show more`}
            </Button>
          )}
          {people.length === 1 && <Alone onInvite={onInvite} />}
        </>
      )}
    </Section>
  );
}

function Member({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const times = useTimes();
  return (
    <li className={css.person}>
      <Avatar name={member.name} size={36} />
      <span className={css.who}>
        <b>
          {member.name} {member.is_me && <span className={css.me}>{t`(you)`}</span>}
        </b>
        <small>{member.email}</small>
      </span>
      <span className={css.facts}>
        <Badge tone={member.is_owner ? 'accent' : 'neutral'}>{member.role.label}</Badge>
        {member.status !== 'active' && <Badge tone="warn">{t`Inactive`}</Badge>}
      </span>
      <small className={css.when}>
        {member.last_active_at ? (
          <time dateTime={member.last_active_at} title={times.full(member.last_active_at)}>
            {t`Last active: ${times.ago(member.last_active_at)}`}
          </time>
        ) : (
          t`Not active yet`
        )}
      </small>
    </li>
  );
}

function Alone({ onInvite }: { onInvite: (() => void) | undefined }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<UserPlus size={28} aria-hidden="true" />}
      title={t`You are alone here`}
      action={onInvite && <Button onClick={onInvite}>{t`Invite colleagues`}</Button>}
    >
      {t`Colleagues share the inbox with you: everyone sees who answers what, and nobody answers twice.`}
    </EmptyState>
  );
}
