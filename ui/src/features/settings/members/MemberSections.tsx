import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type MemberView, rolesListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Avatar, Badge, Button, Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { When } from '@/i18n/When';
import { AccessSummary } from './AccessSummary';
import css from './MemberSections.module.css';
import { Receipts } from './Receipts';
import { RoleMenu } from './RoleMenu';
import { Standing } from './Standing';
import { useMemberActions } from './useMemberActions';

/** What the page of a member shows. Of somebody who has gone only what is left. */
export function MemberSections({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const gone = member.ended_at !== null;
  return (
    <>
      <Section title={member.name} hideTitle>
        <Who member={member} />
        <Facts member={member} />
      </Section>
      {!gone && <Access member={member} />}
      {!gone && (
        <Section title={t`Actions`} flush>
          <Actions member={member} />
        </Section>
      )}
      <Receipts member={member} />
    </>
  );
}

function Who({ member }: { member: MemberView }) {
  const { t } = useLingui();
  return (
    <div className={css.who}>
      <Avatar name={member.name} size={60} light={member.seat_type === 'collaborator'} />
      <div className={css.text}>
        <p className={css.email}>
          {member.email} {member.is_me && <span className={css.quiet}>{t`(you)`}</span>}
        </p>
        <p className={css.badges}>
          <Standing member={member} />
        </p>
      </div>
    </div>
  );
}

function Facts({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const times = useTimes();
  const day = (at: string) => <time dateTime={at}>{times.date(at)}</time>;
  return (
    <dl className={css.facts}>
      <Fact label={t`Role`}>{member.ended_at ? member.role.label : <RoleMenu member={member} />}</Fact>
      <Fact label={t`Seat`}>
        {member.seat_type === 'full'
          ? t({ message: 'Full', context: 'seat' })
          : t({ message: 'Light', context: 'seat' })}
      </Fact>
      {member.permission_sets.length > 0 && (
        <Fact label={t`Permission sets`}>
          {member.permission_sets.map(({ id, label }) => (
            <Badge key={id}>{label}</Badge>
          ))}
        </Fact>
      )}
      <Fact label={t`Last active`}>
        {member.last_active_at ? <When at={member.last_active_at} /> : t`Not yet`}
      </Fact>
      <Fact label={t`Member since`}>{day(member.joined_at)}</Fact>
      {member.ends_on && !member.ended_at && <Fact label={t`Last day`}>{day(member.ends_on)}</Fact>}
      {member.ended_at && <Fact label={t`Gone since`}>{day(member.ended_at)}</Fact>}
      {member.reviewed_at && <Fact label={t`Last kept in a review`}>{day(member.reviewed_at)}</Fact>}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the role lets them do; permission sets and the seat come on top. */
function Access({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere()('role.view');
  const roles = useQuery({
    ...rolesListOptions({ path: { workspace_id: workspace } }),
    enabled: !blocked,
  }).data;
  const role = roles?.items.find(({ key }) => key === member.role.key);
  if (!role) return null;
  return (
    <Section
      title={t`Access`}
      description={
        member.seat_type === 'full'
          ? t`What the role ${role.label} gives. Permission sets add to it.`
          : t`What the role ${role.label} gives. A light seat never reaches a customer, whatever stands here.`
      }
    >
      <AccessSummary role={role} />
    </Section>
  );
}

function Actions({ member }: { member: MemberView }) {
  const actions = useMemberActions(member);
  return (
    <ul className={css.actions}>
      {actions.map(({ key, label, icon: Icon, hint, blocked, danger, run }) => (
        <li key={key}>
          <span className={css.hint}>{hint}</span>
          <Button
            variant={danger ? 'danger' : 'secondary'}
            icon={<Icon size={15} aria-hidden="true" />}
            blocked={blocked}
            onClick={run}
          >
            {label}
          </Button>
        </li>
      ))}
    </ul>
  );
}
