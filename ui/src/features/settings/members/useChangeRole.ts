import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type MemberView, memberRolePut, type RoleView, type SeatType } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { toast } from '@/design';
import { readMembersAgain } from './people';

interface Change {
  member: MemberView;
  role: Pick<RoleView, 'key' | 'label'>;
  seat: SeatType;
  /** It takes an earlier change back. */
  undoing?: boolean;
}

/** Gives a member another role or another seat; it shows at once and can be taken back. */
export function useChangeRole() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failure = useFailure();
  const change = useMutation({
    mutationFn: ({ member, role, seat }: Change) =>
      memberRolePut({
        path: { workspace_id: workspace, member_id: member.id },
        body: { role_key: role.key, seat_type: seat },
      }),
    onSuccess: (_, { member, role, seat, undoing }) => {
      const sameRole = role.key === member.role.key;
      toast({
        title: sameRole ? seatText(member, seat) : t`${member.name} has the role ${role.label} now`,
        description: t`It holds at once, in open windows too.`,
        ...(!undoing && {
          action: {
            label: t`Undo`,
            run: () =>
              change.mutate({
                member: { ...member, role, seat_type: seat },
                role: member.role,
                seat: member.seat_type,
                undoing: true,
              }),
          },
        }),
      });
    },
    onError: (error) => failure(t`The role did not change`, error),
    onSettled: () => readMembersAgain(workspace),
  });
  const seatText = (member: MemberView, seat: SeatType) =>
    seat === 'full' ? t`${member.name} has a full seat now` : t`${member.name} has a light seat now`;
  return change;
}
