import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { MembershipHere, useMe, useWorkspaceId } from '@/app/session';
import { useGone } from '@/app/useGone';

/** Shows a workspace to its members; who stops being one while it is open is led out at once. */
export function MembersOnly({ children }: { children: ReactNode }) {
  const id = useWorkspaceId();
  const membership = useMe().memberships.find((each) => each.workspace.id === id);
  const [last, setLast] = useState(membership);
  if (membership && membership !== last) setLast(membership);
  if (!membership) return <Gone name={last?.workspace.name ?? ''} />;
  return <MembershipHere value={membership}>{children}</MembershipHere>;
}

function Gone({ name }: { name: string }) {
  const { t } = useLingui();
  const gone = useGone();
  const leave = useEffectEvent(() =>
    gone(
      t`You have no access to ${name} any more`,
      t`Somebody ended it, or its time was over. Ask the owner if that is a surprise.`,
    ),
  );
  useEffect(() => void leave(), []);
  return null;
}
