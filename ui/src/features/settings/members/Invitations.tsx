import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import {
  type InvitationView,
  invitationDelete,
  invitationResend,
  invitationsListOptions,
  invitationsListQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Badge, Button, ConfirmDialog, cx, ErrorState, Section, Skeleton, toast } from '@/design';
import { MailHint } from '@/features/access/MailHint';
import { useProblemText } from '@/i18n/problem';
import { useTimes } from '@/i18n/time';
import css from './People.module.css';

/** The server's longest page; who invites more waits for answers first. */
const MOST = 100;

/** Invitations that wait for an answer. Only people who may invite see them. */
export function Invitations() {
  const { t } = useLingui();
  const options = useInvitations();
  const invitations = useQuery(options);
  const items = invitations.data?.items ?? [];
  if (!options.enabled || (invitations.isSuccess && items.length === 0)) return null;
  return (
    <Section title={t`Invitations`} description={<MailHint />} flush>
      {invitations.isPending ? (
        <Skeleton lines={2} label={t`Loading`} />
      ) : invitations.isError ? (
        <ErrorState
          title={t`The invitations could not be loaded`}
          error={invitations.error}
          onRetry={() => void invitations.refetch()}
        />
      ) : (
        <ul className={css.list}>
          {items.map((invitation) => (
            <Invitation key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function useInvitations() {
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('member.invite');
  return { ...invitationsListOptions({ path, query: { limit: MOST } }), enabled: !blocked };
}

function Invitation({ invitation }: { invitation: InvitationView }) {
  const { t } = useLingui();
  const times = useTimes();
  const problemText = useProblemText();
  const workspace = useWorkspaceId();
  const [revoking, setRevoking] = useState(false);
  const seat = invitation.seat_type === 'collaborator' ? 'member.invite_collaborator' : 'member.invite';
  const blocked = useBlockedHere()(seat);
  const path = { workspace_id: workspace, invitation_id: invitation.id };
  const after = {
    onError: (error: Error) =>
      toast({ title: t`The invitation did not change`, description: problemText(error), tone: 'danger' }),
    onSettled: () =>
      queryClient.invalidateQueries({
        queryKey: invitationsListQueryKey({ path: { workspace_id: workspace } }),
      }),
  };
  const resend = useMutation({
    mutationFn: () => invitationResend({ path }),
    onSuccess: () => toast({ title: t`Sent again to ${invitation.email}` }),
    ...after,
  });
  const revoke = useMutation({
    mutationFn: () => invitationDelete({ path }),
    onSuccess: () => toast({ title: t`The invitation of ${invitation.email} is withdrawn` }),
    ...after,
  });
  const expired = invitation.status === 'expired';
  return (
    <li className={cx(css.person, css.invitation)}>
      <span className={css.envelope}>
        <Mail size={16} aria-hidden="true" />
      </span>
      <span className={css.who}>
        <b>{invitation.email}</b>
        <small>
          {expired
            ? t`Ran out on ${times.date(invitation.expires_at)}`
            : t`Sent by ${invitation.invited_by.name}, good until ${times.date(invitation.expires_at)}`}
        </small>
      </span>
      <span className={css.facts}>
        <Badge>{invitation.role.label}</Badge>
        {expired && <Badge tone="warn">{t`Expired`}</Badge>}
      </span>
      <span className={css.actions}>
        <Button
          size="s"
          busy={resend.isPending}
          blocked={blocked}
          aria-label={t`Send again to ${invitation.email}`}
          onClick={() => resend.mutate()}
        >
          {t`Send again`}
        </Button>
        <Button
          size="s"
          variant="ghost"
          blocked={blocked}
          aria-label={t`Withdraw the invitation of ${invitation.email}`}
          onClick={() => setRevoking(true)}
        >
          {t`Withdraw`}
        </Button>
      </span>
      <ConfirmDialog
        open={revoking}
        onClose={() => setRevoking(false)}
        title={t`Withdraw this invitation?`}
        description={t`The link sent to ${invitation.email} stops working at once. You can invite them again.`}
        confirm={t`Withdraw`}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate(undefined, { onSettled: () => setRevoking(false) })}
      />
    </li>
  );
}
