import { useLingui } from '@lingui/react/macro';
import { ChevronDown, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/conversations/actions';
import { useMembers } from '@/conversations/members';
import { Avatar, Menu, MenuItem, MenuLabel, MenuSeparator } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { useOpened } from './opened';
import css from './ThreadHeader.module.css';

export function AssignMenu() {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const { assignee } = conversation;
  const [open, setOpen] = useState(false);
  const takeKeys = useKeys('assignMe');
  const { assign, claim } = useActions();
  const members = useMembers();
  const blocked = useBlocked();
  const cannotAssign = blocked(conversation, 'conversation.assign');
  const cannotClaim = assignee ? cannotAssign : blocked(conversation, 'conversation.claim');
  const mine = assignee?.id === scope.member;

  function take() {
    if (mine || cannotClaim) return;
    const me = members.find((member) => member.is_me);
    if (!assignee) void claim(conversation);
    else if (me) void assign(conversation, { id: me.id, name: me.name });
  }

  useCommand('assign', () => setOpen(true));
  useCommand('assignMe', take);

  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={css.assign}>
          <span>{assignee ? (mine ? t`Assigned to you` : assignee.name) : t`Unassigned`}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      }
    >
      <MenuLabel>{t`Assign to`}</MenuLabel>
      {members.map(({ id, name, is_me, seat_type }) => (
        <MenuItem
          key={id}
          icon={<Avatar name={name} size={24} light={seat_type === 'collaborator'} />}
          keys={is_me ? takeKeys : undefined}
          blocked={is_me ? cannotClaim : cannotAssign}
          detail={assignee?.id === id ? t`now` : undefined}
          onSelect={() => (is_me ? take() : void assign(conversation, { id, name }))}
        >
          {is_me ? t`${name} (you)` : name}
        </MenuItem>
      ))}
      {assignee && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<UserMinus size={15} />}
            blocked={cannotAssign}
            onSelect={() => void assign(conversation, null)}
          >
            {t`Unassign`}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
