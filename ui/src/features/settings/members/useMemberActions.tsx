import { useLingui } from '@lingui/react/macro';
import {
  Eye,
  KeyRound,
  type LucideIcon,
  MonitorX,
  Pencil,
  RotateCcw,
  ShieldPlus,
  UserMinus,
  UserRound,
  UserRoundMinus,
  UserX,
} from 'lucide-react';
import { deactivationDelete, type MemberView, memberPasswordResetCreate } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useLookAs } from '@/app/useLookAs';
import { type Blocked, toast } from '@/design';
import { reachOf } from '@/features/rights/reach';
import { useBlocked } from '@/i18n/reason';
import { type MemberDialog, memberDialog } from './dialogs';
import { useChange } from './useChange';
import { useChangeRole } from './useChangeRole';
import { useGivableRoles } from './useGivableRoles';
import { useTakingSeat } from './useTakingSeat';

export interface MemberAction {
  key: string;
  label: string;
  /** What it does, where there is room to say so. */
  hint: string;
  icon: LucideIcon;
  blocked?: Blocked | undefined;
  danger?: boolean;
  /** It begins a group of its own. */
  apart?: boolean;
  run: () => void;
}

/** What can be done about a member, in the order of the menu, with why some of it cannot. */
export function useMemberActions(member: MemberView): MemberAction[] {
  const { t } = useLingui();
  const blockedFor = useBlocked();
  const changeRole = useChangeRole();
  const reset = useChange((path) => memberPasswordResetCreate({ path }), member.id, {
    failed: t`The link was not sent`,
    onSuccess: () => toast({ title: t`A link for a new password is on its way to ${member.email}` }),
  });
  const reactivate = useChange((path) => deactivationDelete({ path }), member.id, {
    failed: t`${member.name} is still deactivated`,
    onSuccess: () =>
      toast({
        title: t`${member.name} is back`,
        description: t`With the role and the permission sets as before.`,
      }),
  });
  const takeSeat = useTakingSeat();
  const noSets = useNoSets(member);
  const lookAs = useLookAs();
  const mayLook = useBlockedHere()('role.view');
  const blocked = (permission: string) => blockedFor(member, permission);
  const ask = (kind: Exclude<MemberDialog['kind'], 'receipt' | 'seat'>) => () =>
    memberDialog.set({ kind, member });
  const light = member.seat_type === 'collaborator';
  const away = member.status === 'deactivated';
  const toFull = () =>
    takeSeat({
      member,
      seat: 'full',
      question: t`Give ${member.name} a full seat?`,
      confirm: t`Change the seat`,
      run: () => changeRole.mutate({ member, role: member.role, seat: 'full' }),
    });
  const letIn = () =>
    takeSeat({
      member,
      seat: member.seat_type,
      question: t`Let ${member.name} in again?`,
      confirm: t`Reactivate`,
      run: () => reactivate.mutate(),
    });

  return [
    {
      key: 'edit',
      label: t`Name and end date…`,
      hint: t`A name for this workspace, and a day after which the membership ends by itself.`,
      icon: Pencil,
      blocked: blocked('member.edit'),
      run: ask('edit'),
    },
    {
      key: 'sets',
      label: t`Permission sets…`,
      hint: t`What they may do beside their role.`,
      icon: ShieldPlus,
      blocked: noSets ?? blocked('member.change_role'),
      run: ask('sets'),
    },
    {
      key: 'seat',
      label: light ? t`Change to a full seat` : t`Change to a light seat…`,
      hint: light
        ? t`Everything the role gives, customers included.`
        : t`Internal help that reads along and never reaches a customer.`,
      icon: light ? UserRound : UserRoundMinus,
      blocked: blocked('member.change_role'),
      run: light ? toFull : ask('light'),
    },
    {
      key: 'look',
      label: t`Look as ${member.name}`,
      hint: t`See the workspace as they see it. Nothing you do then changes anything, and the audit log knows.`,
      icon: Eye,
      blocked: member.is_me ? t`This is you.` : mayLook,
      run: () => lookAs.mutate({ member_id: member.id }),
      apart: true,
    },
    {
      key: 'reset',
      label: t`Send a password reset`,
      hint: t`Mails a link for a new password to ${member.email}.`,
      icon: KeyRound,
      blocked: blocked('member.reset_password'),
      run: () => reset.mutate(),
    },
    {
      key: 'sessions',
      label: t`End open sessions…`,
      hint: t`On every device this workspace closes until they sign in again.`,
      icon: MonitorX,
      blocked: blocked('security.manage'),
      run: ask('sessions'),
    },
    {
      key: 'deactivate',
      label: away ? t`Reactivate` : t`Deactivate…`,
      hint: away
        ? t`Lets them in again, with the role and the permission sets they had.`
        : t`Takes the access away and keeps the place. It can be undone.`,
      icon: away ? RotateCcw : UserX,
      blocked: blocked('member.deactivate'),
      run: away ? letIn : ask('deactivate'),
      apart: true,
    },
    {
      key: 'remove',
      label: t`Remove…`,
      hint: t`Ends the membership for good. What they wrote stays.`,
      icon: UserMinus,
      blocked: blocked('member.remove'),
      danger: true,
      run: ask('remove'),
    },
  ];
}

/** Why the seat or the role of a member holds no permission sets. */
function useNoSets({ seat_type, role }: MemberView): string | undefined {
  const { t } = useLingui();
  const grants = useGivableRoles().find(({ key }) => key === role.key)?.grants;
  if (seat_type === 'collaborator') return t`A light seat holds no permission sets.`;
  if (grants && reachOf(grants, 'seat.extra_permission_sets') === 'none')
    return t`The role ${role.label} holds no permission sets.`;
  return undefined;
}
