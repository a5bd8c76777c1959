import {
  apiKeysListQueryKey,
  authzMatrixQueryKey,
  availabilityShowQueryKey,
  businessHoursShowQueryKey,
  type ChangeEvent,
  cannedResponsesListQueryKey,
  channelShowQueryKey,
  channelsListQueryKey,
  customerShowQueryKey,
  inboxSettingsShowQueryKey,
  invitationsListQueryKey,
  labelsListQueryKey,
  macrosListQueryKey,
  membersListQueryKey,
  onboardingShowQueryKey,
  ownershipTransfersListQueryKey,
  permissionSetsListQueryKey,
  policyPackShowQueryKey,
  rolesListQueryKey,
  routingRulesListQueryKey,
  savedSearchesListQueryKey,
  shiftsListQueryKey,
  slackShowQueryKey,
  teamsListQueryKey,
  workspaceShowQueryKey,
} from '@/api';
import { queryClient, readAgain } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { dropConversation, receiveConversation } from '@/conversations/cache';
import { recount } from '@/conversations/counters';
import { discard } from '@/conversations/outbox';
import type { Scope } from '@/conversations/scope';
import { receiveMessage } from '@/conversations/thread';
import { tasksKey } from '@/features/tasks/tasks';
import { stopTyping } from './live';

/** What is told of here decides what roles and permission sets are. */
const rights = ['role', 'permission_set', 'policy_pack'];

/** The newest event of each conversation that was dealt with: what comes late neither brings back nor takes away. */
const newest = new Map<string, number>();

function comesLate({ seq, subject }: ChangeEvent): boolean {
  if (seq < (newest.get(subject.id) ?? 0)) return true;
  newest.set(subject.id, seq);
  return false;
}

/** Brings the cache up to date with one event. Twice, late or out of turn, it changes nothing more. */
export function applyChange(scope: Scope, event: ChangeEvent) {
  const path = { workspace_id: scope.workspace };
  const { subject, conversation, message, customer } = event;

  const late = subject.kind === 'conversation' && comesLate(event);
  if (event.removed) {
    if (subject.kind === 'conversation' && !late) dropConversation(scope, subject.id);
  } else {
    if (conversation && !late) receiveConversation(scope, conversation);
    if (message) {
      receiveMessage(scope, message);
      // Word of it came before the answer, or another tab sent it.
      if (message.client_id) discard({ clientId: message.client_id });
      stopTyping(message.conversation_id);
    }
    if (customer) {
      const key = customerShowQueryKey({ path: { ...path, customer_id: customer.id } });
      queryClient.setQueryData(key, customer);
    }
  }
  if (event.counters_changed) recount(scope);

  const [topic] = event.kind.split('.');
  if (topic === 'member') {
    invalidate(membersListQueryKey({ path }));
    // Who joins has answered an invitation.
    invalidate(invitationsListQueryKey({ path }));
    // Roles and sets say how many people have them.
    invalidate(rolesListQueryKey({ path }));
    invalidate(permissionSetsListQueryKey({ path }));
    invalidate(meOptions.queryKey);
  } else if (topic === 'label') {
    invalidate(labelsListQueryKey({ path }));
  } else if (topic === 'team') {
    invalidate(teamsListQueryKey({ path }));
  } else if (topic === 'availability') {
    invalidate(availabilityShowQueryKey({ path: { ...path, member_id: subject.id } }));
    invalidate(teamsListQueryKey({ path }));
    invalidate(membersListQueryKey({ path }));
  } else if (topic === 'shift') {
    invalidate(shiftsListQueryKey({ path }));
  } else if (topic === 'business_hours') {
    invalidate(businessHoursShowQueryKey({ path }));
  } else if (topic === 'inbox_settings') {
    invalidate(inboxSettingsShowQueryKey({ path }));
  } else if (topic === 'integration') {
    invalidate(slackShowQueryKey({ path }));
  } else if (topic === 'task') {
    invalidate(tasksKey(scope.workspace));
  } else if (topic === 'routing_rule') {
    invalidate(routingRulesListQueryKey({ path }));
  } else if (topic === 'canned_response') {
    invalidate(cannedResponsesListQueryKey({ path }));
  } else if (topic === 'macro') {
    invalidate(macrosListQueryKey({ path }));
  } else if (topic === 'saved_search') {
    invalidate(savedSearchesListQueryKey({ path }));
  } else if (topic === 'ownership_transfer') {
    invalidate(ownershipTransfersListQueryKey({ path }));
  } else if (topic === 'workspace' || topic === 'ownership') {
    invalidate(workspaceShowQueryKey({ path }));
    invalidate(meOptions.queryKey);
  } else if (topic === 'channel') {
    invalidate(channelsListQueryKey({ path }));
    invalidate(channelShowQueryKey({ path: { ...path, channel_id: subject.id } }));
  } else if (rights.includes(topic ?? '')) {
    invalidate(rolesListQueryKey({ path }));
    invalidate(permissionSetsListQueryKey({ path }));
    invalidate(authzMatrixQueryKey({ path }));
    invalidate(policyPackShowQueryKey({ path }));
  } else if (topic === 'invitation') invalidate(invitationsListQueryKey({ path }));
  else if (topic === 'api_key') invalidate(apiKeysListQueryKey({ path }));

  if (['invitation', 'channel', 'member'].includes(topic ?? '') || event.kind === 'message.sent') {
    invalidate(onboardingShowQueryKey({ path }));
  }
}

/** Rights or the world changed too much to patch: everything on screen is asked for again. */
export function applyReset() {
  newest.clear();
  readAgain();
}

function invalidate(queryKey: readonly unknown[]) {
  readAgain({ queryKey });
}
