import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Conversations and customers. */
export const work: Record<string, Sentence> = {
  'message.received': ({ what }) => <Trans>{what} wrote</Trans>,
  'message.sent': ({ who, what }) => (
    <Trans>
      {who} answered {what}
    </Trans>
  ),
  'message.delivered': ({ what }) => <Trans>The answer reached {what}</Trans>,
  'message.read': ({ what }) => <Trans>{what} saw the answer</Trans>,
  'conversation.created': ({ what }) => <Trans>A conversation with {what} began</Trans>,
  'conversation.claimed': ({ who, what }) => (
    <Trans>
      {who} took the conversation with {what}
    </Trans>
  ),
  'conversation.assigned': ({ who, what, called }) => {
    const to = called('to');
    return (
      <Trans>
        {who} gave the conversation with {what} to <b>{to}</b>
      </Trans>
    );
  },
  'conversation.unassigned': ({ what }) => <Trans>The conversation with {what} went back to the queue</Trans>,
  'conversation.status_changed': ({ who, what, called }) => {
    const [before, after] = [called('from'), called('to')];
    return (
      <Trans>
        {who} changed the conversation with {what}: {before} → {after}
      </Trans>
    );
  },
  'conversation.snoozed': ({ who, what }) => (
    <Trans>
      {who} snoozed the conversation with {what}
    </Trans>
  ),
  'conversation.mode_changed': ({ who, what, called }) => {
    const [before, after] = [called('from'), called('to')];
    return (
      <Trans>
        {who} changed who answers {what}: {before} → {after}
      </Trans>
    );
  },
  'label.created': ({ who, what }) => (
    <Trans>
      {who} made the label {what}
    </Trans>
  ),
  'label.updated': ({ who, what }) => (
    <Trans>
      {who} changed the label {what}
    </Trans>
  ),
  'label.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the label {what}
    </Trans>
  ),
  'label.restored': ({ who, what }) => (
    <Trans>
      {who} brought the label {what} back
    </Trans>
  ),
  'label.merged': ({ who, what, called }) => {
    const into = called('into');
    return (
      <Trans>
        {who} merged the label {what} into <b>{into}</b>
      </Trans>
    );
  },
  'label.applied': ({ who, what, called }) => {
    const label = called('label_id');
    return (
      <Trans>
        {who} put the label <b>{label}</b> on {what}
      </Trans>
    );
  },
  'label.removed': ({ who, what, called }) => {
    const label = called('label_id');
    return (
      <Trans>
        {who} took the label <b>{label}</b> off {what}
      </Trans>
    );
  },
  'attachment.uploaded': ({ who }) => <Trans>{who} uploaded a file</Trans>,
  'customer.created': ({ what }) => <Trans>{what} became a customer</Trans>,
  'customer.updated': ({ who, what }) => (
    <Trans>
      {who} changed the details of {what}
    </Trans>
  ),
  'customer.identified': ({ what }) => <Trans>The website vouched for who {what} is</Trans>,
  'visitor.opened': () => <Trans>Somebody opened the chat on the website</Trans>,
  'visitor.identified': () => <Trans>A visitor of the website turned out to be a known customer</Trans>,
};
