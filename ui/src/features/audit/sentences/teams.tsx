import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Teams, shifts and hours, and what people have to do. */
export const teams: Record<string, Sentence> = {
  'team.created': ({ who, what }) => (
    <Trans>
      {who} made the team {what}
    </Trans>
  ),
  'team.updated': ({ who, what }) => (
    <Trans>
      {who} changed the team {what}
    </Trans>
  ),
  'team.deleted': ({ who, what }) => (
    <Trans>
      {who} ended the team {what}
    </Trans>
  ),
  'team.member_added': ({ who, what, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} added <b>{member}</b> to the team {what}
      </Trans>
    );
  },
  'team.member_updated': ({ who, what, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} changed the seat of <b>{member}</b> in the team {what}
      </Trans>
    );
  },
  'team.member_removed': ({ who, what, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} took <b>{member}</b> out of the team {what}
      </Trans>
    );
  },
  'shift.created': ({ who, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} gave <b>{member}</b> a shift
      </Trans>
    );
  },
  'shift.updated': ({ who, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} changed a shift of <b>{member}</b>
      </Trans>
    );
  },
  'shift.deleted': ({ who, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} took a shift from <b>{member}</b>
      </Trans>
    );
  },
  'availability.set': ({ who, what, event }) =>
    event.detail.cause === 'idle' ? (
      <Trans>{what} was set to away, for there was no activity</Trans>
    ) : event.detail.status === 'away' ? (
      <Trans>
        {who} said that {what} is away
      </Trans>
    ) : (
      <Trans>
        {who} said that {what} is here
      </Trans>
    ),
  'business_hours.updated': ({ who }) => <Trans>{who} changed the business hours</Trans>,
  'inbox_settings.updated': ({ who }) => <Trans>{who} changed how the inbox works</Trans>,
  'conversation.requeued': ({ what }) => (
    <Trans>The conversation with {what} went to the general queue, because its team ended</Trans>
  ),
  'task.created': ({ who, what }) => (
    <Trans>
      {who} made the task {what}
    </Trans>
  ),
  'task.updated': ({ who, what }) => (
    <Trans>
      {who} changed the task {what}
    </Trans>
  ),
  'task.assigned': ({ who, what, called }) => {
    const member = called('to');
    return (
      <Trans>
        {who} gave the task {what} to <b>{member}</b>
      </Trans>
    );
  },
  'task.unassigned': ({ what }) => <Trans>The task {what} waits for somebody to take it</Trans>,
  'task.completed': ({ who, what }) => (
    <Trans>
      {who} did the task {what}
    </Trans>
  ),
  'task.reopened': ({ who, what }) => (
    <Trans>
      {who} opened the task {what} again
    </Trans>
  ),
  'task.commented': ({ who, what }) => (
    <Trans>
      {who} commented on the task {what}
    </Trans>
  ),
  'task.reminded': ({ what }) => <Trans>It was time to be reminded of the task {what}</Trans>,
  'task.restored': ({ who, what }) => (
    <Trans>
      {who} brought the task {what} back
    </Trans>
  ),
  'task.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the task {what}
    </Trans>
  ),
};
