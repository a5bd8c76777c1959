import { useLingui } from '@lingui/react/macro';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useBlockedHere } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, Page } from '@/design';
import { Invitations } from './members/Invitations';
import { InviteDialog } from './members/InviteDialog';
import { MemberTable } from './members/MemberTable';

export default function MembersPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [inviting, setInviting] = useState(false);
  const mayNotInvite = blocked('member.invite') && blocked('member.invite_collaborator');
  useTitle(t`Members`);
  return (
    <Page
      title={t`Members`}
      description={t`Who works here, and in which role. A role decides what one sees and does.`}
      actions={
        <Button
          variant="primary"
          icon={<UserPlus size={15} aria-hidden="true" />}
          blocked={mayNotInvite}
          onClick={() => setInviting(true)}
        >
          {t`Invite`}
        </Button>
      }
    >
      <MemberTable onInvite={mayNotInvite ? undefined : () => setInviting(true)} />
      <Invitations />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
