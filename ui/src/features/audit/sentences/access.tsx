import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** What was refused or looked at. */
export const access: Record<string, Sentence> = {
  'access.denied': (parts) => (refused[String(parts.event.detail.code)] ?? refused.otherwise)(parts),
  'audit.exported': ({ who }) => <Trans>{who} exported the audit log</Trans>,
};

/** Refusals by their code. */
const refused: Record<string, Sentence> & { otherwise: Sentence } = {
  'invitation.other_address': ({ who, what }) => (
    <Trans>
      {who} tried to use the invitation of {what}
    </Trans>
  ),
  preview_read_only: ({ who }) => (
    <Trans>{who} tried to change something while seeing it as somebody else</Trans>
  ),
  entitlement_required: ({ who, permission }) => (
    <Trans>
      {who} tried “{permission}”, which the plan does not include
    </Trans>
  ),
  'session.confirmation_required': ({ who, permission }) => (
    <Trans>
      {who} was asked for the password before “{permission}”
    </Trans>
  ),
  otherwise: ({ who, what, permission, event }) =>
    event.subject.kind === 'workspace' ? (
      <Trans>
        {who} tried “{permission}”
      </Trans>
    ) : (
      <Trans>
        {who} tried “{permission}”: {what}
      </Trans>
    ),
};
