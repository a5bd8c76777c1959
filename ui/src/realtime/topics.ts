import type { QueryKey } from '@tanstack/react-query';
import {
  agentShowQueryKey,
  apiKeysListQueryKey,
  authzMatrixQueryKey,
  availabilityShowQueryKey,
  billingShowQueryKey,
  businessHoursShowQueryKey,
  cannedResponsesListQueryKey,
  channelShowQueryKey,
  channelsListQueryKey,
  conversationMergesListQueryKey,
  countersShowQueryKey,
  creditsShowQueryKey,
  customerMergesListQueryKey,
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
  seatsShowQueryKey,
  shiftsListQueryKey,
  slackShowQueryKey,
  supportRequestsListQueryKey,
  teamsListQueryKey,
  workspaceShowQueryKey,
} from '@/api';
import { meOptions } from '@/app/session';
import { scheduledKey } from '@/conversations/scheduled';
import { notesKey } from '@/features/customers/notes';
import { creditEntriesKey, moneyKeys } from '@/features/money/billing';
import { tasksKey } from '@/features/tasks/tasks';

interface About {
  path: { workspace_id: string };
  /** The id of the event's subject. */
  id: string;
}

type Keys = (about: About) => QueryKey[];

/** What decides what roles and permission sets are. */
const rights: Keys = ({ path }) => [
  rolesListQueryKey({ path }),
  permissionSetsListQueryKey({ path }),
  authzMatrixQueryKey({ path }),
  policyPackShowQueryKey({ path }),
];

const workspace: Keys = ({ path }) => [workspaceShowQueryKey({ path }), meOptions.queryKey];

const money: Keys = ({ path }) => moneyKeys({ path });

/** What is read again when something of a topic, the first part of an event's kind, has changed. */
const topics: Record<string, Keys> = {
  member: ({ path }) => [
    membersListQueryKey({ path }),
    // Who joins has answered an invitation.
    invitationsListQueryKey({ path }),
    seatsShowQueryKey({ path }),
    // Roles and sets say how many people have them.
    rolesListQueryKey({ path }),
    permissionSetsListQueryKey({ path }),
    meOptions.queryKey,
    onboardingShowQueryKey({ path }),
  ],
  invitation: ({ path }) => [
    invitationsListQueryKey({ path }),
    // It holds a seat.
    seatsShowQueryKey({ path }),
    onboardingShowQueryKey({ path }),
  ],
  role: rights,
  permission_set: rights,
  policy_pack: rights,
  api_key: ({ path }) => [apiKeysListQueryKey({ path })],
  workspace,
  ownership: workspace,
  ownership_transfer: ({ path }) => [ownershipTransfersListQueryKey({ path })],
  channel: ({ path, id }) => [
    channelsListQueryKey({ path }),
    channelShowQueryKey({ path: { ...path, channel_id: id } }),
    onboardingShowQueryKey({ path }),
  ],
  team: ({ path }) => [teamsListQueryKey({ path })],
  availability: ({ path, id }) => [
    availabilityShowQueryKey({ path: { ...path, member_id: id } }),
    teamsListQueryKey({ path }),
    membersListQueryKey({ path }),
  ],
  shift: ({ path }) => [shiftsListQueryKey({ path }), teamsListQueryKey({ path })],
  business_hours: ({ path }) => [businessHoursShowQueryKey({ path }), teamsListQueryKey({ path })],
  // Where the AI answers is counted what it does.
  agent: ({ path }) => [agentShowQueryKey({ path }), countersShowQueryKey({ path })],
  inbox_settings: ({ path }) => [inboxSettingsShowQueryKey({ path })],
  routing_rule: ({ path }) => [routingRulesListQueryKey({ path })],
  integration: ({ path }) => [slackShowQueryKey({ path })],
  label: ({ path }) => [labelsListQueryKey({ path })],
  canned_response: ({ path }) => [cannedResponsesListQueryKey({ path })],
  macro: ({ path }) => [macrosListQueryKey({ path })],
  saved_search: ({ path }) => [savedSearchesListQueryKey({ path })],
  scheduled_message: ({ path }) => [scheduledKey(path.workspace_id)],
  note: ({ path }) => [notesKey(path.workspace_id, 'conversations')],
  customer_note: ({ path }) => [notesKey(path.workspace_id, 'profile')],
  task: ({ path }) => [tasksKey(path.workspace_id)],
  subscription: money,
  trial: money,
  payment: money,
  checkout: money,
  invoice: money,
  usage: ({ path }) => [billingShowQueryKey({ path })],
  support_request: ({ path }) => [supportRequestsListQueryKey({ path })],
  // Who rests or comes back is a member, too.
  seat: ({ path }) => [...moneyKeys({ path }), membersListQueryKey({ path })],
};

/** A conversation and another one became one, or two. */
const conversations: Keys = ({ path, id }) => [
  conversationMergesListQueryKey({ path: { ...path, conversation_id: id } }),
  ['messages', path.workspace_id, id],
  ['customer-conversations', path.workspace_id],
];

/** A customer and another one became one, or two: whose conversations, notes and tasks are whose has changed. */
const customers: Keys = ({ path, id }) => [
  customerMergesListQueryKey({ path: { ...path, customer_id: id } }),
  customerShowQueryKey({ path: { ...path, customer_id: id } }),
  ['customers', path.workspace_id],
  ['customer-conversations', path.workspace_id],
  ['conversations', path.workspace_id],
  [{ _id: 'conversationShow', path }],
  [{ _id: 'customersList', path }],
  [{ _id: 'customerNotesList', path }],
  tasksKey(path.workspace_id),
];

const pool: Keys = ({ path }) => [creditsShowQueryKey({ path }), creditEntriesKey(path.workspace_id)];

/** What is read again after single kinds, where their topic says too little. */
const kinds: Record<string, Keys> = {
  'message.sent': ({ path }) => [onboardingShowQueryKey({ path })],
  'conversation.merged': conversations,
  'conversation.parted': conversations,
  'conversation.split': conversations,
  'conversation.joined': conversations,
  // Not after each answer of the AI: that would be every window's whole day.
  'credit.granted': pool,
  'credit.purchased': pool,
  'credit.refunded': pool,
  'credit.disputed': pool,
  'credit.adjusted': pool,
  'credit.low': pool,
  'customer.merged': customers,
  'customer.parted': customers,
};

/** What is read again after an event of a kind. */
export function readAfter(kind: string, about: About): QueryKey[] {
  const [topic = ''] = kind.split('.');
  return [...(topics[topic]?.(about) ?? []), ...(kinds[kind]?.(about) ?? [])];
}
