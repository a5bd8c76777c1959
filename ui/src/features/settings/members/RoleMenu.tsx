import { useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import type { MemberView } from '@/api';
import { Button, Menu, MenuChoice } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { useBlocked } from '@/i18n/reason';
import css from './RoleMenu.module.css';
import { useChangeRole } from './useChangeRole';
import { useGivableRoles } from './useGivableRoles';
import { useTakingSeat } from './useTakingSeat';

/** The role of a member, and beside it the others (ROL-010). */
export function RoleMenu({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const roles = useGivableRoles();
  const describe = usePackText();
  const change = useChangeRole();
  const takeSeat = useTakingSeat();
  const blocked = useBlocked()(member, 'member.change_role');
  const shown = change.isPending ? change.variables.role : member.role;
  const trigger = (
    <Button size="s" variant="ghost" className={css.trigger} blocked={blocked}>
      <span className="visually-hidden">{t`Role of ${member.name}:`} </span>
      {shown.label}
      {!blocked && <ChevronDown size={14} aria-hidden="true" />}
    </Button>
  );
  if (blocked) return trigger;

  /** The seat follows a role that is meant for another kind of it. */
  function choose(key: string) {
    const role = roles.find((each) => each.key === key);
    const usual = roles.find((each) => each.key === member.role.key)?.seat_type;
    if (!role) return;
    const seat = role.seat_type === usual ? member.seat_type : role.seat_type;
    const run = () => change.mutate({ member, role, seat });
    if (seat === member.seat_type) return run();
    const question = t`Give ${member.name} the role ${role.label}?`;
    return takeSeat({ member, seat, question, confirm: t`Change the role`, run });
  }

  return (
    <Menu trigger={trigger}>
      <MenuChoice
        label={t`Role`}
        value={member.role.key}
        options={roles.map((role) => ({
          value: role.key,
          label: role.label,
          hint: describe(role.description),
          // What one is already is no question of giving it.
          blocked: role.key === member.role.key ? undefined : role.blocked,
        }))}
        onChange={choose}
      />
    </Menu>
  );
}
