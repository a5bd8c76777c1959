import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

/** What each permission of the catalogue lets one do, in plain words. */
const texts: Record<string, MessageDescriptor> = {
  'conversation.view': msg`See conversations`,
  'conversation.reply': msg`Reply to customers`,
  'conversation.take_manual': msg`Take over from the AI`,
  'conversation.release_to_ai': msg`Hand back to the AI`,
  'conversation.claim': msg`Take an unassigned conversation`,
  'conversation.assign': msg`Assign conversations`,
  'conversation.be_assigned': msg`Can be assigned conversations`,
  'conversation.set_status': msg`Close, snooze and reopen`,
  'label.apply': msg`Put labels on`,
  'label.manage': msg`Make and change labels`,
  'canned_response.use': msg`Use saved replies`,
  'canned_response.manage': msg`Write saved replies`,
  'template.view': msg`See message templates`,
  'template.use': msg`Send message templates`,
  'template.edit': msg`Write message templates`,

  'note.view': msg`Read notes`,
  'note.create': msg`Write notes`,
  'note.edit': msg`Edit notes`,
  'note.delete': msg`Delete notes`,
  'note.mention': msg`Mention colleagues`,
  'note.be_mentioned': msg`Can be mentioned`,
  'task.view': msg`See tasks`,
  'task.create': msg`Make and assign tasks`,
  'task.be_assigned': msg`Can be assigned tasks`,
  'task.comment': msg`Comment on tasks`,
  'task.edit': msg`Change and complete tasks`,
  'task.delete': msg`Delete tasks`,

  'customer.view': msg`See customers`,
  'customer.view_unmasked': msg`See e-mail, phone and spend in full`,
  'customer.create': msg`Add customers`,
  'customer.edit': msg`Edit customers`,
  'customer.delete': msg`Delete customers`,
  'customer.import_csv': msg`Import customers from a file`,
  'customer.import_stripe': msg`Import customers from Stripe`,
  'customer.export': msg`Export customers`,
  'customer.run_analysis': msg`Have the AI analyse a customer`,
  'customer.edit_analysis': msg`Edit the analysis of a customer`,
  'customer.regenerate_persona': msg`Make the persona anew`,
  'customer.log_reply': msg`Log a reply by hand`,
  'customer.view_cross_product_badge': msg`See that a customer has other products`,
  'customer.view_cross_product_timeline': msg`See the history across products`,
  'search.use': msg`Search`,
  'search.export': msg`Export search results`,

  'outreach.draft': msg`Draft outreach e-mails`,
  'outreach.regenerate': msg`Write a draft anew`,
  'outreach.send': msg`Send outreach e-mails`,
  'outreach.batch': msg`Work on many at once`,
  'campaign.view': msg`See campaigns`,
  'campaign.edit': msg`Make and edit campaigns`,
  'campaign.send': msg`Launch campaigns`,
  'lead.view': msg`See leads`,
  'lead.create': msg`Search for leads`,
  'lead.edit': msg`Edit leads`,
  'lead.delete': msg`Delete leads`,
  'form.view': msg`See forms and what was sent`,
  'form.create': msg`Make forms`,
  'form.edit': msg`Edit forms`,
  'form.delete': msg`Delete forms`,

  'kb.view_public': msg`Read public articles`,
  'kb.view_internal': msg`Read internal articles`,
  'kb.create': msg`Write articles`,
  'kb.edit': msg`Edit articles`,
  'kb.delete': msg`Delete articles`,
  'kb.publish': msg`Publish articles`,
  'ai_agent.monitor': msg`Watch the AI at work`,
  'ai_agent.view': msg`See AI agents and their set-up`,
  'ai_agent.create': msg`Make AI agents`,
  'ai_agent.edit': msg`Change AI agents`,
  'ai_agent.delete': msg`Delete AI agents`,

  'business.view': msg`See businesses`,
  'business.create': msg`Add businesses`,
  'business.edit': msg`Edit businesses`,
  'business.delete': msg`Delete businesses`,
  'business.configure_stripe': msg`Connect Stripe to a business`,
  'business.configure_sender': msg`Set up the sender of a business`,
  'product.view': msg`See products`,
  'product.create': msg`Add products`,
  'product.edit': msg`Edit products`,
  'product.delete': msg`Delete products`,
  'order.view': msg`See orders`,
  'order.create': msg`Add orders`,
  'order.edit': msg`Edit orders`,
  'order.delete': msg`Delete orders`,
  'calendar.view': msg`See calendars and appointments`,
  'calendar.create': msg`Make calendars and appointments`,
  'calendar.edit': msg`Change calendars and appointments`,
  'calendar.delete': msg`Delete calendars and appointments`,

  'analytics.view': msg`See reports`,
  'dashboard.team_view': msg`See figures per person`,
  'activity.view': msg`See the activity of members`,
  'audit.view': msg`Read the audit log`,

  'channel.view': msg`See channels`,
  'channel.manage': msg`Connect and change channels`,
  'phone_number.view': msg`See phone numbers`,
  'phone_number.create': msg`Add phone numbers`,
  'phone_number.edit': msg`Change phone numbers`,
  'phone_number.delete': msg`Remove phone numbers`,
  'integration.view': msg`See integrations`,
  'integration.create': msg`Connect integrations`,
  'integration.edit': msg`Change integrations`,
  'integration.delete': msg`Remove integrations`,
  'webhook.manage': msg`Make and change webhooks`,
  'api_key.manage': msg`Make and end API keys`,

  'member.view': msg`See who works here`,
  'member.invite': msg`Invite people`,
  'member.invite_collaborator': msg`Invite people to light seats`,
  'member.edit': msg`Rename members, set end dates`,
  'member.change_role': msg`Change roles of members`,
  'member.deactivate': msg`Deactivate members`,
  'member.remove': msg`Remove members`,
  'member.reset_password': msg`Send a password reset`,
  'team.view': msg`See teams`,
  'team.manage': msg`Make and change teams`,
  'availability.set': msg`Set available or away`,
  'role.view': msg`See roles`,
  'role.manage': msg`Make and change roles`,
  'seat.extra_permission_sets': msg`Can hold permission sets`,

  'workspace.view_settings': msg`See the settings`,
  'workspace.edit_settings': msg`Change the settings`,
  'workspace.export_data': msg`Export all data`,
  'workspace.transfer_ownership': msg`Hand over ownership`,
  'workspace.delete': msg`Delete the workspace`,
  'workspace.leave': msg`Leave the workspace`,
  'security.manage': msg`Manage sign-in and sessions of others`,
  'billing.view': msg`See plan and invoices`,
  'billing.manage': msg`Change plan and payment`,
  'billing.purchase_addons': msg`Buy seats and credits`,
  'credit.consume': msg`Spend credits`,
  'credit.view_balance': msg`See the credit balance`,
  'credit.view_ledger': msg`See who spent credits`,
};

/** The headings that permissions stand under, by the noun of their name, in the order of the matrix. */
const groups: { label: MessageDescriptor; nouns: string[] }[] = [
  {
    label: msg`Conversations`,
    nouns: ['conversation', 'label', 'canned_response', 'template'],
  },
  { label: msg`Notes and tasks`, nouns: ['note', 'task'] },
  { label: msg`Customers`, nouns: ['customer', 'search'] },
  { label: msg`Outreach`, nouns: ['outreach', 'campaign', 'lead', 'form'] },
  { label: msg`Knowledge and AI`, nouns: ['kb', 'ai_agent'] },
  { label: msg`Businesses and shop`, nouns: ['business', 'product', 'order', 'calendar'] },
  { label: msg`Reports and records`, nouns: ['analytics', 'dashboard', 'activity', 'audit'] },
  {
    label: msg`Channels and integrations`,
    nouns: ['channel', 'phone_number', 'integration', 'webhook', 'api_key'],
  },
  { label: msg`People`, nouns: ['member', 'team', 'availability', 'role', 'seat'] },
  { label: msg`Workspace and money`, nouns: ['workspace', 'security', 'billing', 'credit'] },
];

const order = Object.keys(texts);
const place = (permission: string) => {
  const at = order.indexOf(permission);
  return at < 0 ? order.length : at;
};

/** Permissions in the order of the matrix; ones this build does not know come last. */
export function inMatrixOrder(permissions: string[]): string[] {
  return permissions.toSorted((a, b) => place(a) - place(b));
}

const nounOf = (permission: string) => permission.slice(0, permission.indexOf('.'));

/** The words for permissions and for the groups they stand in. */
export function usePermissionTexts() {
  const { _ } = useLingui();
  return {
    /** What a permission lets one do; the name itself for one this build does not know. */
    label(permission: string): string {
      const text = texts[permission];
      return text ? _(text) : permission;
    },
    group(permission: string): string {
      const found = groups.find(({ nouns }) => nouns.includes(nounOf(permission)));
      return _((found ?? groups.at(-1)!).label);
    },
  };
}
