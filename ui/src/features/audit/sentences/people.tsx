import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Members, invitations, ownership. */
export const people: Record<string, Sentence> = {
  'member.joined': ({ what, called }) => {
    const role = called('role');
    return (
      <Trans>
        {what} joined as {role}
      </Trans>
    );
  },
  'member.created': ({ who, what, called }) => {
    const role = called('role');
    return (
      <Trans>
        {who} added {what} as {role}
      </Trans>
    );
  },
  'member.updated': ({ who, what }) => (
    <Trans>
      {who} changed the details of {what}
    </Trans>
  ),
  'member.role_changed': ({ who, what, called, event }) => {
    const { from, to } = event.detail;
    const [before, after] =
      from === to ? [called('seat_from'), called('seat_to')] : [called('from'), called('to')];
    return from === to ? (
      <Trans>
        {who} changed the seat of {what}: {before} → {after}
      </Trans>
    ) : (
      <Trans>
        {who} changed the role of {what}: {before} → {after}
      </Trans>
    );
  },
  'member.permission_sets_changed': ({ who, what }) => (
    <Trans>
      {who} changed the permission sets of {what}
    </Trans>
  ),
  'member.deactivated': ({ who, what }) => (
    <Trans>
      {who} deactivated {what}
    </Trans>
  ),
  'member.reactivated': ({ who, what }) => (
    <Trans>
      {who} reactivated {what}
    </Trans>
  ),
  'member.left': ({ who }) => <Trans>{who} left the workspace</Trans>,
  'member.removed': ({ who, what }) => (
    <Trans>
      {who} removed {what}
    </Trans>
  ),
  'member.expired': ({ what }) => <Trans>The membership of {what} ended on its last day</Trans>,
  'member.reviewed': ({ who, what }) => (
    <Trans>
      {who} reviewed the access of {what} and kept it
    </Trans>
  ),
  'member.password_reset': ({ who, what }) => (
    <Trans>
      {who} had a password link mailed to {what}
    </Trans>
  ),
  'member.sessions_ended': ({ who, what }) => (
    <Trans>
      {who} signed {what} out of this workspace
    </Trans>
  ),
  'invitation.created': ({ who, what, called }) => {
    const role = called('role');
    return (
      <Trans>
        {who} invited {what} as {role}
      </Trans>
    );
  },
  'invitation.resent': ({ who, what }) => (
    <Trans>
      {who} sent the invitation of {what} again
    </Trans>
  ),
  'invitation.revoked': ({ who, what }) => (
    <Trans>
      {who} withdrew the invitation of {what}
    </Trans>
  ),
  'ownership_transfer.requested': ({ who, what }) => (
    <Trans>
      {who} offered the workspace to {what}
    </Trans>
  ),
  'ownership_transfer.approved': ({ what }) => (
    <Trans>The operator approved offering the workspace to {what}</Trans>
  ),
  'ownership_transfer.refused': ({ what }) => (
    <Trans>The operator refused offering the workspace to {what}</Trans>
  ),
  'ownership_transfer.accepted': ({ who }) => <Trans>{who} accepted the workspace</Trans>,
  'ownership_transfer.declined': ({ who }) => <Trans>{who} declined the workspace</Trans>,
  'ownership_transfer.cancelled': ({ who, what }) => (
    <Trans>
      {who} withdrew the offer of the workspace to {what}
    </Trans>
  ),
  'ownership_transfer.expired': ({ what }) => <Trans>The offer of the workspace to {what} ran out</Trans>,
  'ownership.transferred': ({ called }) => {
    const [from, to] = [called('from'), called('to')];
    return (
      <Trans>
        The workspace went from <b>{from}</b> to <b>{to}</b>
      </Trans>
    );
  },
};
