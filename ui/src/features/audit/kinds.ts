import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

interface Group {
  label: MessageDescriptor;
  kinds: Record<string, MessageDescriptor>;
}

/** Kinds of events as the filter offers them. */
export const groups: Group[] = [
  {
    label: msg`Refused and looked at`,
    kinds: {
      'access.denied': msg`Something was refused`,
      'audit.exported': msg`Audit log exported`,
    },
  },
  {
    label: msg`Members`,
    kinds: {
      'member.joined': msg`Member joined`,
      'member.created': msg`Member added`,
      'member.updated': msg`Member changed`,
      'member.role_changed': msg`Role of a member changed`,
      'member.permission_sets_changed': msg`Permission sets of a member changed`,
      'member.deactivated': msg`Member deactivated`,
      'member.reactivated': msg`Member reactivated`,
      'member.left': msg`Member left`,
      'member.removed': msg`Member removed`,
      'member.expired': msg`Membership ended on its day`,
      'member.reviewed': msg`Access reviewed`,
      'member.password_reset': msg`Password link sent`,
      'member.sessions_ended': msg`Member signed out`,
      'invitation.created': msg`Invitation sent`,
      'invitation.resent': msg`Invitation sent again`,
      'invitation.revoked': msg`Invitation withdrawn`,
    },
  },
  {
    label: msg`Ownership`,
    kinds: {
      'ownership_transfer.requested': msg`Workspace offered`,
      'ownership_transfer.approved': msg`Offer approved`,
      'ownership_transfer.refused': msg`Offer refused by the operator`,
      'ownership_transfer.accepted': msg`Offer accepted`,
      'ownership_transfer.declined': msg`Offer declined`,
      'ownership_transfer.cancelled': msg`Offer withdrawn`,
      'ownership_transfer.expired': msg`Offer ran out`,
      'ownership.transferred': msg`Owner changed`,
    },
  },
  {
    label: msg`Roles and rights`,
    kinds: {
      'role.created': msg`Role made`,
      'role.updated': msg`Role changed`,
      'role.deleted': msg`Role deleted`,
      'permission_set.created': msg`Permission set made`,
      'permission_set.updated': msg`Permission set changed`,
      'permission_set.deleted': msg`Permission set deleted`,
      'policy_pack.switched': msg`Policy pack switched`,
      'api_key.created': msg`API key made`,
      'api_key.revoked': msg`API key revoked`,
      'preview.started': msg`Preview begun`,
      'preview.ended': msg`Preview ended`,
    },
  },
  {
    label: msg`Workspace and channels`,
    kinds: {
      'workspace.created': msg`Workspace created`,
      'workspace.updated': msg`Workspace changed`,
      'workspace.deletion_scheduled': msg`Deletion scheduled`,
      'workspace.deletion_cancelled': msg`Deletion called off`,
      'channel.created': msg`Channel set up`,
      'channel.updated': msg`Channel changed`,
      'channel.identity_secret_rotated': msg`New identity secret`,
    },
  },
  {
    label: msg`Teams and hours`,
    kinds: {
      'team.created': msg`Team made`,
      'team.updated': msg`Team changed`,
      'team.deleted': msg`Team ended`,
      'team.member_added': msg`Member joined a team`,
      'team.member_updated': msg`Seat in a team changed`,
      'team.member_removed': msg`Member left a team`,
      'shift.created': msg`Shift given`,
      'shift.updated': msg`Shift changed`,
      'shift.deleted': msg`Shift taken away`,
      'availability.set': msg`Here or away`,
      'business_hours.updated': msg`Business hours changed`,
      'inbox_settings.updated': msg`Inbox settings changed`,
    },
  },
  {
    label: msg`Tasks`,
    kinds: {
      'task.created': msg`Task made`,
      'task.updated': msg`Task changed`,
      'task.assigned': msg`Task given to somebody`,
      'task.unassigned': msg`Task without anybody`,
      'task.completed': msg`Task done`,
      'task.reopened': msg`Task opened again`,
      'task.commented': msg`Task commented on`,
      'task.reminded': msg`Reminder of a task`,
      'task.deleted': msg`Task deleted`,
      'task.restored': msg`Task brought back`,
    },
  },
  {
    label: msg`Routing`,
    kinds: {
      'routing_rule.created': msg`Routing rule made`,
      'routing_rule.updated': msg`Routing rule changed`,
      'routing_rule.deleted': msg`Routing rule deleted`,
      'routing_rule.ordered': msg`Routing rules put into another order`,
    },
  },
  {
    label: msg`Conversations`,
    kinds: {
      'message.received': msg`Message received`,
      'message.sent': msg`Answer sent`,
      'message.delivered': msg`Answer delivered`,
      'message.read': msg`Answer seen`,
      'conversation.created': msg`Conversation began`,
      'conversation.claimed': msg`Conversation taken`,
      'conversation.assigned': msg`Conversation given to somebody`,
      'conversation.unassigned': msg`Conversation back in the queue`,
      'conversation.requeued': msg`Conversation in the general queue`,
      'conversation.status_changed': msg`Status changed`,
      'conversation.snoozed': msg`Conversation snoozed`,
      'conversation.mode_changed': msg`Who answers changed`,
      'attachment.uploaded': msg`File uploaded`,
      'conversation.exported': msg`Conversation taken out as a file`,
      'conversation.merged': msg`Conversations merged`,
      'conversation.parted': msg`Conversation parted again`,
      'conversation.split': msg`Conversation split`,
      'conversation.joined': msg`Conversation joined again`,
    },
  },
  {
    label: msg`Labels`,
    kinds: {
      'label.applied': msg`Label put on`,
      'label.removed': msg`Label taken off`,
      'label.created': msg`Label made`,
      'label.updated': msg`Label changed`,
      'label.merged': msg`Labels merged`,
      'label.deleted': msg`Label deleted`,
      'label.restored': msg`Label brought back`,
    },
  },
  {
    label: msg`Notes, queues and the AI`,
    kinds: {
      'agent.enabled': msg`AI switched on`,
      'agent.disabled': msg`AI switched off`,
      'agent.paused': msg`AI paused`,
      'agent.resumed': msg`AI answers again`,
      'ai_draft.suppressed': msg`Answer of the AI held back`,
      'bulk_action.created': msg`Many changed at once`,
      'bulk_action.finished': msg`Bulk change ended`,
      'conversation.flagged': msg`Conversation marked by the AI`,
      'conversation.queued': msg`Conversation put into a queue`,
      'conversation.requeued': msg`Conversation back in the general queue`,
      'conversation.routed': msg`Conversation routed`,
      'conversation.taken_over': msg`Conversation taken over from a colleague`,
      'handoff.requested': msg`AI asked for a person`,
      'handover.offered': msg`Conversation handed over`,
      'handover.accepted': msg`Hand-over accepted`,
      'handover.refused': msg`Hand-over sent back`,
      'handover.withdrawn': msg`Hand-over taken back`,
      'handover.expired': msg`Hand-over not answered in time`,
      'message.held': msg`Answer held for a moment`,
      'message.withdrawn': msg`Answer taken back`,
      'note.created': msg`Note written`,
      'note.updated': msg`Note changed`,
      'note.deleted': msg`Note deleted`,
      'note.restored': msg`Note brought back`,
      'note.mentioned': msg`Somebody mentioned`,
      'customer_note.created': msg`Note on a customer written`,
      'customer_note.updated': msg`Note on a customer changed`,
      'customer_note.deleted': msg`Note on a customer deleted`,
      'customer_note.mentioned': msg`Somebody mentioned on a customer`,
      'customer_note.restored': msg`Note on a customer brought back`,
      'scheduled_message.created': msg`Answer to be sent later`,
      'scheduled_message.cancelled': msg`Answer for later cancelled`,
      'scheduled_message.unsent': msg`Answer for later not sent`,
    },
  },
  {
    label: msg`Helpers of the inbox`,
    kinds: {
      'canned_response.created': msg`Canned response made`,
      'canned_response.updated': msg`Canned response changed`,
      'canned_response.deleted': msg`Canned response deleted`,
      'canned_response.restored': msg`Canned response brought back`,
      'macro.created': msg`Macro made`,
      'macro.updated': msg`Macro changed`,
      'macro.deleted': msg`Macro deleted`,
      'macro.restored': msg`Macro brought back`,
      'macro.run': msg`Macro run`,
      'saved_search.created': msg`View saved`,
      'saved_search.updated': msg`Saved view changed`,
      'saved_search.deleted': msg`Saved view deleted`,
      'saved_search.restored': msg`Saved view brought back`,
    },
  },
  {
    label: msg`Notifications`,
    kinds: {
      'integration.connected': msg`Slack connected`,
      'integration.disconnected': msg`Slack disconnected`,
      'notification_preferences.updated': msg`Notifications chosen`,
      'push_subscription.created': msg`Browser notifications on`,
      'push_subscription.deleted': msg`Browser notifications off`,
    },
  },
  {
    label: msg`Customers`,
    kinds: {
      'customer.created': msg`New customer`,
      'customer.updated': msg`Customer changed`,
      'customer.identified': msg`Customer vouched for`,
      'customer.merged': msg`Customers merged`,
      'customer.parted': msg`Customers parted again`,
      'visitor.opened': msg`Chat opened`,
      'visitor.identified': msg`Visitor recognised`,
    },
  },
  {
    label: msg`Purchases`,
    kinds: {
      'checkout.opened': msg`Purchase begun`,
      'checkout.completed': msg`Purchase paid`,
      'checkout.expired': msg`Purchase given up`,
      'checkout.refunded': msg`Purchase paid back`,
    },
  },
  {
    label: msg`Credits and usage`,
    kinds: {
      'credit.granted': msg`Credits granted`,
      'credit.expired': msg`Credits expired`,
      'credit.purchased': msg`Credits bought`,
      'credit.consumed': msg`Credits spent`,
      'credit.refunded': msg`Credits taken back with a refund`,
      'credit.disputed': msg`Credits taken back with a disputed payment`,
      'credit.adjusted': msg`Credits corrected`,
      'credit.low': msg`Few credits left`,
      'credit.cap_set': msg`Credits of a member capped`,
      'credit.cap_removed': msg`Credits of a member no longer capped`,
      'usage.warned': msg`Plan nearly used up`,
    },
  },
  {
    label: msg`Seats`,
    kinds: {
      'seat.over_limit': msg`More seats held than the plan has`,
      'seat.suspended': msg`Member rests without a seat`,
      'seat.restored': msg`Member has a seat again`,
      'support_request.created': msg`Operator asked for something`,
    },
  },
];

/** What a kind of event is called. */
export function useKindName(): (kind: string) => string {
  const { i18n } = useLingui();
  return (kind) => {
    const name = groups.find(({ kinds }) => kind in kinds)?.kinds[kind];
    return name ? i18n._(name) : kind;
  };
}
