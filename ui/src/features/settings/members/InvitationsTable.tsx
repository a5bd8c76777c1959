import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { InvitationView } from '@/api';
import { useBlockedHere } from '@/app/session';
import { Badge, Button, ConfirmDialog } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './Table.module.css';
import { useResend, useRevoke } from './useInvitation';

/** One line for each invitation: the address, what it is for, who sent it and how long it stands. */
export function InvitationsTable({ invitations }: { invitations: InvitationView[] }) {
  const { t } = useLingui();
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Address`}</th>
            <th scope="col">{t`Role`}</th>
            <th scope="col">{t`Invited by`}</th>
            <th scope="col">{t`Ends`}</th>
            <th scope="col">
              <span className="visually-hidden">{t`Actions`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <Invitation key={invitation.id} invitation={invitation} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Invitation({ invitation }: { invitation: InvitationView }) {
  const { t } = useLingui();
  const times = useTimes();
  const { email, role, seat_type, invited_by, sent_at, expires_at } = invitation;
  const sent = times.full(sent_at);
  return (
    <tr>
      <th scope="row" className={css.address}>
        {email}
      </th>
      <td className={css.fact} data-label={t`Role`}>
        {role.label}
        {seat_type === 'collaborator' && <span className={css.quiet}> · {t`light seat`}</span>}
        {invitation.as_owner && <Badge tone="accent">{t`Becomes the owner`}</Badge>}
      </td>
      <td className={css.fact} data-label={t`Invited by`}>
        <span title={t`Sent ${sent}`}>{invited_by.name}</span>
      </td>
      <td className={css.fact} data-label={t`Ends`}>
        {invitation.status === 'expired' ? (
          <Badge tone="warn">{t`Expired`}</Badge>
        ) : (
          <time dateTime={expires_at} title={times.full(expires_at)}>
            {times.until(expires_at)}
          </time>
        )}
      </td>
      <td className={css.decide}>
        <Actions invitation={invitation} />
      </td>
    </tr>
  );
}

function Actions({ invitation }: { invitation: InvitationView }) {
  const { t } = useLingui();
  const { email } = invitation;
  const [revoking, setRevoking] = useState(false);
  const seat = invitation.seat_type === 'collaborator' ? 'member.invite_collaborator' : 'member.invite';
  const blocked = useBlockedHere()(seat);
  const resend = useResend(invitation);
  const revoke = useRevoke(invitation);
  return (
    <div className={css.buttons}>
      <Button
        size="s"
        busy={resend.isPending}
        blocked={blocked}
        aria-label={t`Send again to ${email}`}
        onClick={() => resend.mutate()}
      >
        {t`Send again`}
      </Button>
      <Button
        size="s"
        variant="ghost"
        blocked={blocked}
        aria-label={t`Withdraw the invitation of ${email}`}
        onClick={() => setRevoking(true)}
      >
        {t`Withdraw`}
      </Button>
      <ConfirmDialog
        open={revoking}
        onClose={() => setRevoking(false)}
        title={t`Withdraw this invitation?`}
        description={t`The link sent to ${email} stops working at once. You can invite them again.`}
        confirm={t`Withdraw`}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate(undefined, { onSettled: () => setRevoking(false) })}
      />
    </div>
  );
}
