import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useWorkspaceId } from '@/app/session';
import { Button, EmptyState, ErrorState, Notice, Section, Skeleton } from '@/design';
import { MailHint } from '@/features/access/MailHint';
import { InvitationsTable } from './InvitationsTable';
import { invitationsOptions } from './invitations';
import { useInvite } from './useInvite';

/** Invitations that wait for an answer. */
export default function InvitationsPage() {
  const { t } = useLingui();
  const invite = useInvite();
  const invitations = useQuery({ ...invitationsOptions(useWorkspaceId()), enabled: !invite.blocked });
  const items = invitations.data?.items ?? [];
  return (
    <>
      <Section title={t`Invitations`} hideTitle flush>
        {invitations.isPending ? (
          <Skeleton lines={4} label={t`Loading`} />
        ) : invitations.isError ? (
          <ErrorState
            title={t`The invitations could not be loaded`}
            error={invitations.error}
            onRetry={() => void invitations.refetch()}
          />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<Mail size={28} aria-hidden="true" />}
            title={t`No invitation waits for an answer`}
            action={<Button onClick={invite.open}>{t`Invite colleagues`}</Button>}
          >
            {t`Who is invited stands here until they accept, with the address it was sent to.`}
          </EmptyState>
        ) : (
          <InvitationsTable invitations={items} />
        )}
      </Section>
      {items.length > 0 && (
        <Notice title={t`It did not arrive?`}>
          <p>
            <Trans>
              Have them look among spam and junk, compare the address above with theirs, then send it again.
            </Trans>
          </p>
          <MailHint />
        </Notice>
      )}
    </>
  );
}
