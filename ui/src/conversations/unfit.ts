import { useLingui } from '@lingui/react/macro';
import type { MemberView } from '@/api';
import { useMembers } from './members';

/** Why a member takes no conversations, whoever gives them one; undefined for who does. */
export function useUnfit(): (member: MemberView) => string | undefined {
  const { t } = useLingui();
  return ({ can_be_assigned }) => {
    switch (can_be_assigned) {
      case true:
        return undefined;
      case 'role':
        return t`Their role takes no conversations`;
      case 'seat_type':
        return t`A light seat takes no conversations`;
      default:
        return t`They take no conversations at the moment`;
    }
  };
}

export interface Assignee {
  id: string;
  name: string;
  /** They take no conversations; the name says why. */
  unfit: boolean;
  light: boolean;
}

/** Everybody, for lists to choose from: who takes no conversations stands there with the reason. */
export function useAssignees(): Assignee[] {
  const { t } = useLingui();
  const unfit = useUnfit();
  return useMembers().map((member) => {
    const { id, name, seat_type } = member;
    const reason = unfit(member);
    return {
      id,
      name: reason ? t`${name}: ${reason}` : name,
      unfit: reason !== undefined,
      light: seat_type === 'collaborator',
    };
  });
}
