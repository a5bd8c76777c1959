import { useLingui } from '@lingui/react/macro';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { type TeamMemberView, type TeamView, teamMemberDelete, teamMemberPut } from '@/api';
import { useAssignees } from '@/conversations/unfit';
import { Avatar, Badge, type Blocked, EmptyState, IconButton, Input, Section, Select } from '@/design';
import { OrderedList } from '@/design/OrderedList';
import { useBlocked } from '@/i18n/reason';
import css from './TeamMembers.module.css';
import { useTeamChange } from './useTeamChange';

interface Change {
  member: string;
  position?: number;
  capacity?: number | null;
}

/** The people of a team in the order of their turns. */
export function TeamMembers({ team }: { team: TeamView }) {
  const { t } = useLingui();
  const blocked = useBlocked()(team, 'team.manage');
  const [order, setOrder] = useState<TeamMemberView[] | null>(null);
  const members = order ?? team.members;
  const put = useTeamChange(
    (path, { member, ...body }: Change) =>
      teamMemberPut({ path: { ...path, team_id: team.id, member_id: member }, body }),
    t`The team is as it was`,
  );
  const remove = useTeamChange(
    (path, member: string) => teamMemberDelete({ path: { ...path, team_id: team.id, member_id: member } }),
    t`They are still in the team`,
  );

  function reorder(next: TeamMemberView[]) {
    const moved = movedIn(members, next);
    if (moved < 0) return;
    setOrder(next);
    const { member } = next[moved]!;
    put.mutate({ member: member.id, position: moved }, { onSettled: () => setOrder(null) });
  }

  return (
    <Section
      title={t`Members`}
      description={t`In the order of their turns. How many open conversations each takes at once stands at the end.`}
      flush
    >
      {members.length === 0 ? (
        <EmptyState title={t`Nobody is in the team yet`}>
          {t`Add the people who answer its conversations.`}
        </EmptyState>
      ) : (
        <div className={css.list}>
          <OrderedList
            label={t`Members`}
            items={members}
            keyOf={({ member }) => member.id}
            nameOf={({ member }) => member.name}
            onReorder={reorder}
            blocked={blocked}
          >
            {(each) => (
              <Member
                each={each}
                team={team}
                blocked={blocked}
                onCapacity={(capacity) => put.mutate({ member: each.member.id, capacity })}
                onRemove={() => remove.mutate(each.member.id)}
              />
            )}
          </OrderedList>
        </div>
      )}
      <AddMember team={team} blocked={blocked} onAdd={(member) => put.mutate({ member })} />
    </Section>
  );
}

/** Where the one stands that was moved: the others keep their order. */
function movedIn(before: TeamMemberView[], after: TeamMemberView[]): number {
  const ids = (list: TeamMemberView[]) => list.map(({ member }) => member.id);
  const [was, is] = [ids(before), ids(after)];
  const without = (list: string[], id: string) => list.filter((each) => each !== id).join();
  return is.findIndex((id, at) => was[at] !== id && without(was, id) === without(is, id));
}

interface MemberProps {
  each: TeamMemberView;
  team: TeamView;
  blocked: Blocked | undefined;
  onCapacity: (capacity: number | null) => void;
  onRemove: () => void;
}

function Member({ each, team, blocked, onCapacity, onRemove }: MemberProps) {
  const { t } = useLingui();
  const { name } = each.member;
  const { load } = each;

  function commit(text: string) {
    const capacity = text.trim() === '' ? null : Math.max(0, Math.round(Number(text)));
    if (capacity !== each.capacity && !Number.isNaN(capacity)) onCapacity(capacity);
  }

  return (
    <div className={css.member}>
      <Avatar name={name} />
      <span className={css.name}>{name}</span>
      <Standing each={each} />
      {load !== null && <span className={css.load}>{t`${load} open`}</span>}
      <Input
        key={each.capacity}
        className={css.capacity}
        type="number"
        min={0}
        inputMode="numeric"
        aria-label={t`Most open conversations for ${name}`}
        placeholder={team.capacity === null ? t`any` : String(team.capacity)}
        defaultValue={each.capacity ?? ''}
        readOnly={blocked !== undefined}
        onBlur={(event) => commit(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
      />
      <IconButton size="s" label={t`Take ${name} out of the team`} blocked={blocked} onClick={onRemove}>
        <UserMinus size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Whether they are given something now, and if not why. */
function Standing({ each }: { each: TeamMemberView }) {
  const { t } = useLingui();
  if (!each.can_be_assigned) return <Badge tone="warn">{t`Cannot be assigned`}</Badge>;
  if (!each.available) return <Badge>{t`Away`}</Badge>;
  if (!each.on_shift) return <Badge>{t`Off shift`}</Badge>;
  return <Badge tone="ok">{t`Available`}</Badge>;
}

interface AddProps {
  team: TeamView;
  blocked: Blocked | undefined;
  onAdd: (member: string) => void;
}

function AddMember({ team, blocked, onAdd }: AddProps) {
  const { t } = useLingui();
  const inside = new Set(team.members.map(({ member }) => member.id));
  const outside = useAssignees().filter(({ id, light }) => !light && !inside.has(id));
  if (blocked || outside.length === 0) return null;
  return (
    <div className={css.add}>
      <Select
        aria-label={t`Add somebody to the team`}
        value=""
        onChange={(event) => event.target.value && onAdd(event.target.value)}
      >
        <option value="">{t`Add somebody…`}</option>
        {outside.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}
