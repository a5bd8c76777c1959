import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { ErrorState, LockNote, Page, Skeleton } from '@/design';
import css from './ChannelPage.module.css';
import { MemberDialogs } from './members/MemberDialogs';
import { MemberSections } from './members/MemberSections';
import { personOptions } from './members/people';

/** One member: what they may do here, since when, and everything that can be done about it. */
export default function MemberPage() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { member: id } = useParams({ from: '/w/$workspace/settings/members/$member' });
  const blocked = useBlockedHere()('member.view');
  const member = useQuery({
    ...personOptions(workspace, id),
    enabled: !blocked,
  });
  const name = member.data?.name ?? t`Member`;
  useTitle(name);
  return (
    <Page
      title={name}
      back={
        <Link to={paths.members(workspace)} className={css.back}>
          <ArrowLeft size={15} aria-hidden="true" />
          {t`Members`}
        </Link>
      }
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : member.isPending ? (
        <Skeleton lines={8} label={t`Loading`} />
      ) : member.isError ? (
        <ErrorState
          title={t`The member could not be loaded`}
          error={member.error}
          onRetry={() => void member.refetch()}
        />
      ) : (
        <MemberSections member={member.data} />
      )}
      <MemberDialogs />
    </Page>
  );
}
