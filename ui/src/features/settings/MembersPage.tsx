import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus, UserRoundPlus } from 'lucide-react';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, LockNote, Page } from '@/design';
import { SeatsLine } from '@/features/money/seats/SeatsLine';
import { TeamUpgrade } from '@/features/money/seats/TeamUpgrade';
import { type PageTab, PageTabs } from '@/shell/PageTabs';
import { InviteDialog } from './members/InviteDialog';
import { invitationsOptions } from './members/invitations';
import { MemberDialogs } from './members/MemberDialogs';
import { NewUserDialog } from './members/NewUserDialog';
import { peopleOptions } from './members/people';
import { useInvite } from './members/useInvite';

/** Everything about who may be here, in several lists. */
export default function MembersPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('member.view');
  const invite = useInvite();
  const tabs = useTabs();
  useTitle(t`Members`);
  return (
    <Page
      wide
      title={t`Members`}
      description={t`Who works here, and in which role. A role decides what one sees and does.`}
      actions={
        <>
          <Button
            icon={<UserRoundPlus size={15} aria-hidden="true" />}
            blocked={invite.blocked}
            onClick={invite.create}
          >
            {t`New user`}
          </Button>
          <Button
            variant="primary"
            icon={<UserPlus size={15} aria-hidden="true" />}
            blocked={invite.blocked}
            onClick={invite.open}
          >
            {t`Invite`}
          </Button>
        </>
      }
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : (
        <>
          <SeatsLine />
          <TeamUpgrade />
          <PageTabs label={t`Members`} tabs={tabs} />
          <Outlet />
        </>
      )}
      <AddDialog />
      <MemberDialogs />
    </Page>
  );
}

/** The lists one may see; ones that a role never has are not offered. */
function useTabs(): PageTab[] {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere();
  const mayInvite = !useInvite().blocked;
  const mayView = !blocked('member.view');
  const people = useQuery({ ...peopleOptions(workspace, 'here'), enabled: mayView });
  const invitations = useQuery({ ...invitationsOptions(workspace), enabled: mayInvite });
  const tab = (page: Parameters<typeof paths.members>[1], label: string, count?: number): PageTab => ({
    to: paths.members(workspace, page),
    label,
    count,
  });
  return [
    tab('people', t`People`, people.data?.length),
    ...(mayInvite ? [tab('invitations', t`Invitations`, invitations.data?.items.length)] : []),
    ...(blocked('member.remove') ? [] : [tab('review', t`Access review`)]),
    tab('former', t`Former members`),
  ];
}

/** The dialog that adds people; it stands in the address. */
function AddDialog() {
  const { add } = useSearch({ from: '/w/$workspace/settings/members' });
  const navigate = useNavigate();
  const blocked = useInvite().blocked;
  const close = () =>
    void navigate({ to: '.', search: (now) => ({ ...now, add: undefined }), replace: true });
  if (!add || blocked) return null;
  return add === 'mail' ? <InviteDialog onClose={close} /> : <NewUserDialog onClose={close} />;
}
