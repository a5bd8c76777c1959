import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { NotificationView } from '@/api';

/** What a notification says, in a sentence. */
export function useSentence(): (notification: NotificationView) => ReactNode {
  const { t } = useLingui();
  return ({ kind, actor, conversation, customer, member, waiting, task_title, happened }) => {
    const who = <b>{actor?.name ?? t`Somebody`}</b>;
    const about = <b>{conversation?.customer_name}</b>;
    const [mine, unassigned] = [waiting?.mine ?? 0, waiting?.unassigned ?? 0];
    const task = <b>{task_title}</b>;
    const noted = <b>{customer?.name}</b>;
    const joined = <b>{member?.name}</b>;
    switch (kind) {
      case 'conversation.assigned':
        return actor ? (
          <Trans>
            {who} gave you the conversation with {about}
          </Trans>
        ) : (
          <Trans>The conversation with {about} is yours</Trans>
        );
      case 'note.mentioned':
        return customer ? (
          <Trans>
            {who} mentioned you in a note on {noted}
          </Trans>
        ) : (
          <Trans>
            {who} mentioned you in the conversation with {about}
          </Trans>
        );
      case 'note.hand_over':
        return (
          <Trans>
            A hand-over of the conversation with {about}, by {who}
          </Trans>
        );
      case 'handoff.requested':
        return <Trans>The AI asks for a person in the conversation with {about}</Trans>;
      case 'task.assigned':
        return (
          <Trans>
            {who} gave you the task {task}
          </Trans>
        );
      case 'task.reminded':
        return <Trans>Remember: {task}</Trans>;
      case 'message.received':
        return (
          <Plural
            value={happened}
            one={<Trans>{about} wrote</Trans>}
            other={<Trans>{about} wrote # times</Trans>}
          />
        );
      case 'member.joined':
        return <Trans>{joined} joined the workspace</Trans>;
      case 'ownership.transferred':
        return <Trans>The workspace has another owner</Trans>;
      case 'trial.ending':
        return <Trans>The trial ends soon: choose a plan to go on</Trans>;
      case 'invoice.issued':
        return <Trans>An invoice was written: look at what it is for and when it is due</Trans>;
      case 'payment.failed':
        return <Trans>An invoice is overdue: pay it so that everybody can go on</Trans>;
      case 'subscription.restricted':
        return <Trans>The workspace is restricted: only billing and export are left</Trans>;
      case 'payer.reminded':
        return <Trans>You pay for this workspace from now on: look at how</Trans>;
      case 'seat.over_limit':
        return <Trans>More seats are in use than the plan has</Trans>;
      case 'credit.low':
        return <Trans>The credits run low</Trans>;
      case 'credit.purchased':
        return <Trans>Credits were bought</Trans>;
      case 'usage.warned':
        return <Trans>Most of what the plan includes is used</Trans>;
      case 'support_request.answered':
        return <Trans>The operator answered what you asked for</Trans>;
      case 'digest':
        return (
          <Trans>
            What waits: {mine} of yours, {unassigned} of nobody’s
          </Trans>
        );
    }
  };
}
