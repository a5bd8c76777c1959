import { useLingui } from '@lingui/react/macro';
import { ChevronDown, CircleHelp, Handshake, UserMinus, Users } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/conversations/actions';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import { useUnfit } from '@/conversations/unfit';
import { Avatar, Menu, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { HandoverDialog, WhyAssignee } from './dialogs';
import { useOpened } from './opened';
import { useSelecting } from './selection';
import css from './ThreadHeader.module.css';

/** Whose a conversation is, who else could have it, and how it came to be theirs. */
export function AssignMenu() {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const { assignee, team } = conversation;
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'handover' | 'why' | null>(null);
  const handoverKeys = useKeys('handover');
  const { assign } = useActions();
  const blocked = useBlocked();
  const cannotAssign = blocked(conversation, 'conversation.assign');
  const cannotHandOver =
    cannotAssign ??
    blocked(conversation, 'note.create') ??
    (conversation.pending_handover ? t`A hand-over waits for its answer` : undefined);
  const mine = assignee?.id === scope.member;
  const close = () => setDialog(null);

  const single = !useSelecting();
  useCommand('assign', () => setOpen(true), single);
  useCommand('assignMe', useTake().take, single);
  useCommand('handover', () => !cannotHandOver && setDialog('handover'));

  return (
    <>
      <Menu
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={css.assign}>
            <span>
              {assignee ? (mine ? t`Assigned to you` : assignee.name) : team ? team.name : t`Unassigned`}
            </span>
            <ChevronDown size={13} aria-hidden="true" />
          </button>
        }
      >
        <MenuLabel>{t`Assign to`}</MenuLabel>
        <MemberItems />
        <TeamItems />
        <MenuSeparator />
        <MenuItem
          icon={<Handshake size={15} />}
          keys={handoverKeys}
          blocked={cannotHandOver}
          onSelect={() => setDialog('handover')}
        >
          {t`Hand over with a note…`}
        </MenuItem>
        {assignee && (
          <MenuItem
            icon={<UserMinus size={15} />}
            blocked={cannotAssign}
            onSelect={() => void assign(conversation, null)}
          >
            {t`Unassign`}
          </MenuItem>
        )}
        <MenuItem icon={<CircleHelp size={15} />} onSelect={() => setDialog('why')}>
          {assignee ? t`Why ${assignee.name}?` : t`Why nobody yet?`}
        </MenuItem>
      </Menu>
      {dialog === 'handover' && <HandoverDialog conversation={conversation} onClose={close} />}
      {dialog === 'why' && <WhyAssignee conversation={conversation} onClose={close} />}
    </>
  );
}

/** Makes a conversation one's own: a free one by claiming it, a colleague's by assigning it. */
function useTake() {
  const { scope, conversation } = useOpened();
  const { assignee } = conversation;
  const { assign, claim } = useActions();
  const me = useMembers().find((member) => member.is_me);
  const cannotTake = useBlocked()(conversation, assignee ? 'conversation.assign' : 'conversation.claim');

  function take() {
    if (assignee?.id === scope.member || cannotTake) return;
    if (!assignee) void claim(conversation);
    else if (me) void assign(conversation, { id: me.id, name: me.name });
  }
  return { take, cannotTake };
}

function MemberItems() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { assignee } = conversation;
  const { assign } = useActions();
  const members = useMembers();
  const unfit = useUnfit();
  const takeKeys = useKeys('assignMe');
  const { take, cannotTake } = useTake();
  const cannotAssign = useBlocked()(conversation, 'conversation.assign');

  return members.map((member) => {
    const { id, name, is_me, seat_type, availability } = member;
    return (
      <MenuItem
        key={id}
        icon={<Avatar name={name} size={24} light={seat_type === 'collaborator'} />}
        keys={is_me ? takeKeys : undefined}
        blocked={unfit(member) ?? (is_me ? cannotTake : cannotAssign)}
        detail={assignee?.id === id ? t`now` : availability.status === 'away' ? t`away` : undefined}
        onSelect={() => (is_me ? take() : void assign(conversation, { id, name }))}
      >
        {is_me ? t`${name} (you)` : name}
      </MenuItem>
    );
  });
}

function TeamItems() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const { assignTeam } = useActions();
  const teams = useTeams();
  const blocked = useBlocked()(conversation, 'conversation.assign');
  if (teams.length === 0) return null;
  return (
    <>
      <MenuSeparator />
      <MenuLabel>{t`Teams`}</MenuLabel>
      {teams.map(({ id, name }) => (
        <MenuItem
          key={id}
          icon={<Users size={15} />}
          blocked={blocked}
          detail={conversation.team?.id === id ? t`now` : undefined}
          onSelect={() => void assignTeam(conversation, { id, name })}
        >
          {name}
        </MenuItem>
      ))}
    </>
  );
}
